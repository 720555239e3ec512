package io.ripen.engine.migration;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
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

  /** Zeebe moves an instance only to an element of the same kind. */
  static String kind(FlowNode node) {
    StringBuilder kind = new StringBuilder(node.getElementType().getTypeName());
    if (isEventSubProcess(node)) {
      kind.append(" on an event");
    }
    if (node instanceof CatchEvent event) {
      for (EventDefinition definition : event.getEventDefinitions()) {
        kind.append(" on ").append(definition.getElementType().getTypeName());
      }
    }
    if (node instanceof UserTask && extension(node, ZeebeUserTask.class).isEmpty()) {
      kind.append(" of a job worker");
    }
    if (node instanceof Activity activity
        && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop) {
      kind.append(loop.isSequential() ? " for each, in turn" : " for each, at once");
    }
    return kind.toString().replace("EventDefinition", "");
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
