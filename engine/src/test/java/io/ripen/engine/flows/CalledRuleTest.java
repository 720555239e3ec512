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
          new CallableIds(Set.of("flow", "nurturing"), Set.of("qualification")),
          new Before(Map.of("elsewhere", "<bpmn/>"), Set.of("discount")));

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
        "call   | nurture        | error: there is no flow nurture → draw it, and deploy it with this one; there are flow, nurturing (flow-missing)",
        "start  | nurturing      |",
        "start  | elsewhere      |",
        "start  | nurturin       | error: there is no flow nurturin → did you mean nurturing? (flow-missing)",
        "start  | welcome        | error: there is no flow welcome → draw it, and deploy it with this one; there are flow, nurturing (flow-missing)",
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

    assertThat(ids.flows()).contains("nurturing", "abandoned-cart");
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
