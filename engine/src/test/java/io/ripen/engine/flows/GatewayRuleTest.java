package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRuleTest {

  @ParameterizedTest
  @CsvSource({
    "false, false, true",
    "false, true, false",
    "true, false, true",
    "true, true, false",
  })
  void where_each_way_has_a_condition_a_run_could_stand_still(
      boolean inclusive, boolean hasDefault, boolean isTold) {
    var start = Bpmn.createExecutableProcess("flow").startEvent();
    var gateway = inclusive ? start.inclusiveGateway("gateway") : start.exclusiveGateway("gateway");
    var way = gateway.condition("=a = 1").endEvent().moveToNode("gateway");
    var model =
        hasDefault
            ? way.sequenceFlowId("other").endEvent().done()
            : way.condition("=a = 2").endEvent().done();
    if (hasDefault) {
      model.getModelElementById("gateway").setAttributeValue("default", "other");
    }

    var findings = RuleProbe.findings(new GatewayRule(), model);

    if (isTold) {
      assertThat(findings)
          .containsExactly(
              "flow.bpmn: gateway: warning: each way from here has a condition: should none hold,"
                  + " the run stands still → make one of them the default flow in Camunda Modeler"
                  + " (no-default)");
    } else {
      assertThat(findings).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_gateway_where_ways_meet_needs_none(boolean inclusive) {
    var start = Bpmn.createExecutableProcess("flow").startEvent();
    var gateway = inclusive ? start.inclusiveGateway() : start.exclusiveGateway();
    assertThat(RuleProbe.findings(new GatewayRule(), gateway.endEvent().done())).isEmpty();
  }
}
