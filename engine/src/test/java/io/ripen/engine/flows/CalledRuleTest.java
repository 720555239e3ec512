package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledRuleTest {

  private final CalledRule rule =
      new CalledRule(
          new CallableIds(
              Map.of(
                  "flow", new Startable(Set.of(), true),
                  "nurturing", new Startable(Set.of(), true),
                  "cart", new Startable(Set.of("cartId"), true),
                  "goodbye", new Startable(Set.of(), false)),
              Set.of("qualification")),
          new Before(
              Map.of(
                  "elsewhere", "<bpmn><x:taskDefinition xmlns:x='z' type='enter-flow'/></bpmn>",
                  "order", "<bpmn><x:subscription xmlns:x='z' correlationKey='=orderId'/></bpmn>"),
              Set.of("discount")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decide | qualification  |",
        "decide | discount       |",
        "decide | =which         |",
        "decide | qualifcation   | warning: Ripen knows of no decision qualifcation → did you mean qualification? (decision-missing)",
        "decide | routing        | warning: Ripen knows of no decision routing → put the .dmn file that has it into the flow's folder; there are qualification (decision-missing)",
        "call   | nurturing      |",
        "call   | elsewhere      |",
        "call   | flow           |",
        "call   | =which         |",
        "call   | nurture        | error: there is no flow nurture → draw it, and deploy it with this one; there are cart, flow, goodbye, nurturing (flow-missing)",
        "start  | nurturing      |",
        "start  | elsewhere      |",
        "call   | goodbye        |",
        "call   | cart           |",
        "start  | cart           | error: flow cart goes by cartId, which only its signal tells: each run would stand still here → choose a flow that is about the lead alone (flow-not-startable)",
        "start  | order          | error: flow order goes by orderId, which only its signal tells: each run would stand still here → choose a flow that is about the lead alone (flow-not-startable)",
        "start  | goodbye        | warning: flow goodbye takes everybody who is sent to it, also who is in it or whom it is not for → put Who may enter at its beginning (flow-unguarded)",
        "start  | nurturin       | error: there is no flow nurturin → did you mean nurturing? (flow-missing)",
        "start  | welcome        | error: there is no flow welcome → draw it, and deploy it with this one; there are cart, flow, goodbye, nurturing (flow-missing)",
      })
  void what_a_step_asks_for_is_there(String kind, String id, String problem) {
    List<String> findings = RuleProbe.findings(rule, model(kind, id));
    if (problem == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings).containsExactly("flow.bpmn: step: " + problem);
    }
  }

  @Test
  void all_that_lies_in_the_folder_can_be_asked_for_but_what_the_engine_reads() {
    FlowCheck check = new FlowCheck(Path.of("../bpmn"));
    CallableIds ids =
        CallableIds.in(check.files().stream().filter(it -> !check.isEngines(it)).toList());

    assertThat(ids.flows()).containsKeys("nurturing", "abandoned-cart");
    assertThat(ids.flows().get("abandoned-cart")).isEqualTo(new Startable(Set.of("cartId"), false));
    assertThat(ids.decisions()).contains("qualification").doesNotContain("full-carts");
  }

  private static BpmnModelInstance model(String kind, String id) {
    StartEventBuilder start = Bpmn.createExecutableProcess("flow").startEvent();
    return switch (kind) {
      case "decide" ->
          start
              .businessRuleTask("step")
              .zeebeCalledDecisionId(id)
              .zeebeResultVariable("x")
              .endEvent()
              .done();
      case "call" -> start.callActivity("step").zeebeProcessId(id).endEvent().done();
      default ->
          start
              .serviceTask("step")
              .zeebeJobType("start-flow")
              .zeebeTaskHeader("flow", id)
              .endEvent()
              .done();
    };
  }
}
