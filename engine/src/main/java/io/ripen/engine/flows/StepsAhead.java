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

  Map<FlowNode, List<FlowNode>> all() {
    Map<FlowNode, List<FlowNode>> steps = new LinkedHashMap<>();
    for (FlowNode node : flow.all(FlowNode.class)) {
      List<FlowNode> next = new ArrayList<>(starts(node));
      if (next.isEmpty()) {
        next.addAll(behind(node));
        next.addAll(boundaries(node).toList());
      }
      if (mayFail(node)) {
        next.addAll(catching(node));
      }
      steps.put(node, next);
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

  /** Whether an error goes out from here. */
  private boolean mayFail(FlowNode node) {
    return switch (node) {
      case EndEvent end -> isOfError(end);
      case ServiceTask task ->
          StepRule.mayBeRefused(task) && boundaries(task).noneMatch(StepsAhead::isOfError);
      default -> false;
    };
  }

  private static boolean isOfError(EndEvent end) {
    return end.getEventDefinitions().stream().anyMatch(ErrorEventDefinition.class::isInstance);
  }

  /** What catches it, nearest to where it comes from. */
  private List<FlowNode> catching(FlowNode node) {
    ModelElementInstance from = node;
    ModelElementInstance around = node.getParentElement();
    while (around instanceof SubProcess process) {
      List<FlowNode> catching = catching(process, from);
      if (!catching.isEmpty()) {
        return catching;
      }
      from = process;
      around = process.getParentElement();
    }
    return List.of();
  }

  private List<FlowNode> catching(SubProcess process, @Nullable ModelElementInstance from) {
    return Stream.<FlowNode>concat(
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
