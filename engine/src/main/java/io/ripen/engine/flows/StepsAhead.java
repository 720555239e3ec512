package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * What a run comes to next from each element, as it goes: into a sub-process and through it, and
 * out of it by its end or by an error.
 */
record StepsAhead(Flow flow) {

  /** In place of a code that the drawing does not tell. */
  private static final String ANY = "";

  Map<FlowNode, List<FlowNode>> all() {
    Map<FlowNode, List<FlowNode>> steps = new LinkedHashMap<>();
    for (FlowNode node : flow.all(FlowNode.class)) {
      List<FlowNode> next = new ArrayList<>(starts(node));
      if (next.isEmpty()) {
        next.addAll(behind(node));
        next.addAll(boundaries(node).toList());
      }
      errors(node).forEach(code -> next.addAll(catching(node, code)));
      steps.put(node, next.stream().distinct().toList());
    }
    return steps;
  }

  static boolean isOfError(CatchEvent event) {
    return event.getEventDefinitions().stream().anyMatch(ErrorEventDefinition.class::isInstance);
  }

  /** Where a sub-process begins; nothing for whatever has no inside. */
  private static List<StartEvent> starts(FlowNode node) {
    return node instanceof SubProcess process && !process.triggeredByEvent()
        ? inside(process, StartEvent.class)
        : List.of();
  }

  /** What the arrows lead to; from the end of a sub-process, those of the sub-process. */
  private static List<FlowNode> behind(FlowNode node) {
    List<FlowNode> targets =
        node.getOutgoing().stream().map(SequenceFlow::getTarget).filter(Objects::nonNull).toList();
    return targets.isEmpty()
            && !(node instanceof EndEvent end && isOfError(end))
            && node.getParentElement() instanceof SubProcess around
        ? behind(around)
        : targets;
  }

  private Stream<BoundaryEvent> boundaries(FlowNode node) {
    return flow.all(BoundaryEvent.class).stream()
        .filter(boundary -> node.equals(boundary.getAttachedTo()));
  }

  /** The codes of the errors that go out from here. */
  private List<String> errors(FlowNode node) {
    return switch (node) {
      case EndEvent end -> codes(end);
      case ServiceTask task ->
          StepRule.refusals(task).stream()
              .filter(
                  code -> boundaries(task).noneMatch(event -> StepRule.catchesError(event, code)))
              .toList();
      default -> List.of();
    };
  }

  private static List<String> codes(EndEvent end) {
    return end.getEventDefinitions().stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .map(definition -> ((ErrorEventDefinition) definition).getError())
        .map(error -> error == null || error.getErrorCode() == null ? ANY : error.getErrorCode())
        .map(code -> code.startsWith("=") ? ANY : code)
        .toList();
  }

  private static boolean isOfError(EndEvent end) {
    return end.getEventDefinitions().stream().anyMatch(ErrorEventDefinition.class::isInstance);
  }

  /** What catches it, nearest to where it comes from. */
  private List<CatchEvent> catching(FlowNode node, String code) {
    ModelElementInstance from = node;
    ModelElementInstance around = node.getParentElement();
    while (around instanceof SubProcess process) {
      List<CatchEvent> catching = catching(code, handlers(process, from));
      if (!catching.isEmpty()) {
        return catching;
      }
      from = process;
      around = process.getParentElement();
    }
    return List.of();
  }

  /** Who names the code goes before who catches all. */
  private static List<CatchEvent> catching(String code, List<CatchEvent> handlers) {
    if (code.equals(ANY)) {
      return handlers;
    }
    List<CatchEvent> fitting =
        handlers.stream().filter(event -> StepRule.catchesError(event, code)).toList();
    List<CatchEvent> naming =
        fitting.stream().filter(event -> !StepRule.catchesError(event, ANY)).toList();
    return naming.isEmpty() ? fitting : naming;
  }

  private List<CatchEvent> handlers(SubProcess process, @Nullable ModelElementInstance from) {
    return Stream.<CatchEvent>concat(
            boundaries(process).filter(StepsAhead::isOfError),
            inside(process, SubProcess.class).stream()
                .filter(SubProcess::triggeredByEvent)
                .filter(event -> !event.equals(from))
                .flatMap(event -> inside(event, StartEvent.class).stream())
                .filter(StepsAhead::isOfError))
        .toList();
  }

  private static <T extends FlowNode> List<T> inside(SubProcess process, Class<T> type) {
    Collection<T> children = process.getChildElementsByType(type);
    return List.copyOf(children);
  }
}
