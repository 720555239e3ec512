package io.ripen.engine.flows;

import static java.util.stream.Collectors.toSet;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells how flows are started for a lead. Safe for use by many threads. */
public final class FlowStarts {

  private static final Pattern VARIABLE = Pattern.compile("\\b[a-z]\\w*Id\\b");

  private final FlowsJdbc flows;
  private final ConcurrentHashMap<Long, FlowStart> known = new ConcurrentHashMap<>();

  FlowStarts(FlowsJdbc flows) {
    this.flows = flows;
  }

  /**
   * How the newest version starts.
   *
   * @return empty when Zeebe knows no such flow
   */
  public Optional<FlowStart> of(String flow) {
    return flows
        .newest(flow)
        .map(
            key ->
                known.computeIfAbsent(
                    key, each -> read(each, flow, flows.xml(each).orElseThrow())));
  }

  private static FlowStart read(long key, String flow, String xml) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    List<StartEvent> starts =
        model.getModelElementsByType(StartEvent.class).stream()
            .filter(
                start ->
                    start.getParentElement() instanceof Process process
                        && flow.equals(process.getId()))
            .toList();
    return new FlowStart(key, before(starts), variables(model));
  }

  /** Zeebe starts nothing at a message's start event; so it begins with what comes after. */
  private static @Nullable String before(Collection<StartEvent> starts) {
    if (starts.stream().anyMatch(start -> start.getEventDefinitions().isEmpty())) {
      return null;
    }
    return starts.stream()
        .flatMap(start -> start.getOutgoing().stream())
        .map(SequenceFlow::getTarget)
        .map(Flow::id)
        .findFirst()
        .orElse(null);
  }

  private static Set<String> variables(BpmnModelInstance model) {
    Set<String> variables = new TreeSet<>();
    for (ZeebeSubscription subscription : model.getModelElementsByType(ZeebeSubscription.class)) {
      String key = subscription.getCorrelationKey();
      variables.addAll(variables(key == null ? "" : key));
    }
    return variables;
  }

  /** The ids that a correlation key is made of. */
  static Set<String> variables(String key) {
    return VARIABLE.matcher(key).results().map(MatchResult::group).collect(toSet());
  }
}
