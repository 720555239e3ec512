package io.ripen.engine.migration;

import io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import io.ripen.engine.flows.SendJobs;
import java.util.Optional;

/** What migration asks an element of a diagram. */
final class Step {

  private Step() {}

  /** As people know it: the name that is drawn, and the id. */
  static String shown(FlowNode node) {
    String name = node.getName();
    return name == null || name.isBlank()
        ? node.getId()
        : "\"%s\" (%s)".formatted(name.strip().replaceAll("\\s+", " "), node.getId());
  }

  /** The message that it sends, where it sends one. */
  static Optional<String> message(FlowNode node) {
    return extension(node, ZeebeTaskDefinition.class)
        .filter(task -> SendJobs.channel(task.getType()).isPresent())
        .flatMap(task -> extension(node, ZeebeTaskHeaders.class))
        .flatMap(
            headers ->
                headers.getHeaders().stream()
                    .filter(header -> "message".equals(header.getKey()))
                    .map(ZeebeHeader::getValue)
                    .findFirst());
  }

  /** The flow that it calls, where it calls one. */
  static Optional<String> called(FlowNode node) {
    return node instanceof CallActivity
        ? extension(node, ZeebeCalledElement.class).map(ZeebeCalledElement::getProcessId)
        : Optional.empty();
  }

  static boolean isEventSubProcess(FlowNode node) {
    return node instanceof SubProcess process && process.triggeredByEvent();
  }

  private static <T extends BpmnModelElementInstance> Optional<T> extension(
      FlowNode node, Class<T> type) {
    return Optional.ofNullable(node.getExtensionElements()).stream()
        .flatMap(extensions -> extensions.getChildElementsByType(type).stream())
        .findFirst();
  }
}
