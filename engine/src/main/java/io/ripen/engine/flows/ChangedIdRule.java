package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.model.xml.ModelException;

/** An id stands for the same step in each version of a flow. */
final class ChangedIdRule implements FlowRule {

  private final Existing existing;

  ChangedIdRule(Existing existing) {
    this.existing = existing;
  }

  @Override
  public void check(Flow flow, Report report) {
    Optional<String> newest = existing.newest(flow.process().getId());
    if (newest.isEmpty()) {
      return;
    }
    Map<String, String> before = meanings(newest.get());
    for (FlowNode node : flow.all(FlowNode.class)) {
      String was = before.get(node.getId());
      String is = meaning(node);
      if (was != null && !was.equals(is)) {
        report.warning(
            node,
            "id-changed",
            "in the version in service this id is a %s, and here it is a %s: runs are moved,"
                    .formatted(was, is)
                + " and touches and figures are kept, by the id",
            "give the new step an id of its own");
      }
    }
  }

  private static Map<String, String> meanings(String xml) {
    Map<String, String> meanings = new HashMap<>();
    try {
      Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getModelElementsByType(FlowNode.class)
          .forEach(node -> meanings.put(Flow.id(node), meaning(node)));
    } catch (ModelException e) {
      // Not from us: there is nothing to compare with.
      return Map.of();
    }
    return meanings;
  }

  /** What would be another step if it changed; how it is done is its own business. */
  private static String meaning(FlowNode node) {
    String kind = ElementKind.of(node);
    if (!(node instanceof ServiceTask task)) {
      return AwaitedSignal.of(node)
          .map(signal -> "%s %s".formatted(kind, signal.inWords()))
          .orElse(kind);
    }
    String type = Flow.jobType(task).orElse("nothing");
    return SendJobs.channel(type)
        .map(
            channel ->
                "%s that sends %s by %s"
                    .formatted(kind, Flow.header(task, "message").orElse("nothing"), channel))
        .orElseGet(() -> "%s that does %s".formatted(kind, type));
  }
}
