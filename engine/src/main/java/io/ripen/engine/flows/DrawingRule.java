package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import java.util.HashSet;
import java.util.Set;

/** Everything that runs is drawn, or nobody could see it in the console. */
final class DrawingRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    Set<String> drawn = new HashSet<>();
    for (BpmnShape shape : flow.all(BpmnShape.class)) {
      if (shape.getBounds() != null) {
        add(drawn, shape.getBpmnElement());
      }
    }
    for (BpmnEdge edge : flow.all(BpmnEdge.class)) {
      if (edge.getWaypoints().size() >= 2) {
        add(drawn, edge.getBpmnElement());
      }
    }
    flow.all(FlowNode.class).forEach(node -> check(node, drawn, report));
    flow.all(SequenceFlow.class).forEach(arrow -> check(arrow, drawn, report));
  }

  private static void check(BaseElement element, Set<String> drawn, Report report) {
    if (!drawn.contains(element.getId())) {
      report.error(
          element, "drawn", "it is not in the drawing", "open the file in a modeler and draw it");
    }
  }

  private static void add(Set<String> drawn, BaseElement element) {
    if (element != null) {
      drawn.add(element.getId());
    }
  }
}
