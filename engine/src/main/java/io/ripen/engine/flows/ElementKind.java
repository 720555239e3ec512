package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;

/** Of which sort an element of a diagram is. */
public final class ElementKind {

  private ElementKind() {}

  /** In words of BPMN. Zeebe moves an instance only to an element of the same kind. */
  public static String of(FlowNode node) {
    StringBuilder kind = new StringBuilder(node.getElementType().getTypeName());
    if (node instanceof SubProcess process && process.triggeredByEvent()) {
      kind.append(" on an event");
    }
    if (node instanceof CatchEvent event) {
      for (EventDefinition definition : event.getEventDefinitions()) {
        kind.append(" on ").append(definition.getElementType().getTypeName());
      }
    }
    if (node instanceof UserTask && Flow.extension(node, ZeebeUserTask.class).isEmpty()) {
      kind.append(" of a job worker");
    }
    if (node instanceof Activity activity
        && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop) {
      kind.append(loop.isSequential() ? " for each, in turn" : " for each, at once");
    }
    return kind.toString().replace("EventDefinition", "");
  }
}
