package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.Gateway;
import io.camunda.zeebe.model.bpmn.instance.InclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;

/** Where ways part by conditions, there is one for whoever meets none. */
final class GatewayRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    for (ExclusiveGateway gateway : flow.all(ExclusiveGateway.class)) {
      check(gateway, gateway.getDefault() != null, report);
    }
    for (InclusiveGateway gateway : flow.all(InclusiveGateway.class)) {
      check(gateway, gateway.getDefault() != null, report);
    }
  }

  private static void check(Gateway gateway, boolean hasDefault, Report report) {
    if (!hasDefault
        && !gateway.getOutgoing().isEmpty()
        && gateway.getOutgoing().stream().allMatch(GatewayRule::hasCondition)) {
      report.warning(
          gateway,
          "no-default",
          "each way from here has a condition: should none hold, the run stands still",
          "make one of them the default flow in Camunda Modeler");
    }
  }

  private static boolean hasCondition(SequenceFlow arrow) {
    return arrow.getConditionExpression() != null;
  }
}
