package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import io.camunda.zeebe.model.bpmn.builder.ProcessBuilder;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;
import io.ripen.engine.feel.Feel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VariableRuleTest {

  private final VariableRule rule =
      new VariableRule(new Feel(Clock.systemUTC()), Map.of("form", Set.of("outcome")));

  /** A way of setting something. */
  private record Setting(
      String name,
      String condition,
      Function<StartEventBuilder, AbstractFlowNodeBuilder<?, ?>> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Setting> set() {
    return Stream.of(
        new Setting("the_signal", "leadId != cartId", start -> start),
        new Setting("look_up", "holds = true", start -> job(start, "look-up")),
        new Setting(
            "look_up_by_another_name",
            "choice = \"yes\"",
            start ->
                start.serviceTask().zeebeJobType("look-up").zeebeTaskHeader("result", "choice")),
        new Setting("a_split", "variant = \"A\"", start -> job(start, "split")),
        new Setting("a_stage", "stageChanged", start -> job(start, "change-stage")),
        new Setting("a_salesperson", "team = \"a\"", start -> job(start, "choose-salesperson")),
        new Setting(
            "a_table",
            "verdict.need = \"yes\"",
            start ->
                start
                    .businessRuleTask()
                    .zeebeCalledDecisionId("bant")
                    .zeebeResultVariable("verdict")),
        new Setting(
            "a_mapping",
            "times > 2",
            start ->
                start
                    .serviceTask()
                    .zeebeJobType("add-points")
                    .zeebeOutput("=if times = null then 1 else times + 1", "times")),
        new Setting(
            "a_part_by_a_mapping",
            "order.total > 2",
            start ->
                start.serviceTask().zeebeJobType("add-points").zeebeOutput("=1", "order.total")),
        new Setting("a_form", "outcome = \"won\"", start -> start.userTask().zeebeFormId("form")),
        new Setting(
            "who_took_a_task",
            "acceptedBy != null",
            start -> start.userTask().zeebeFormId("form")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("set")
  void what_something_sets_may_be_asked_for(Setting setting) {
    assertThat(findings(setting.condition(), setting.steps())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holdz = true          | holdz | did you mean holds?",
        "holds = yes           | yes   | set it by a step before, such as Look up, or write \"yes\" if it is a text",
        "lead.score > 3        | lead  | set it by a step before, such as Look up, or write \"lead\" if it is a text",
      })
  void what_nothing_sets_is_told(String condition, String name, String fix) {
    assertThat(findings(condition, start -> job(start, "look-up")))
        .containsExactly(
            "flow.bpmn: arrow: warning: nothing in the flow sets %s, so that it is never known → %s"
                    .formatted(name, fix)
                + " (variable-unset)");
  }

  @Test
  void waits_and_keys_and_mappings_are_looked_at_too() {
    assertThat(
            RuleProbe.findings(
                rule,
                started()
                    .intermediateCatchEvent("wait")
                    .timerWithDurationExpression("pause")
                    .intermediateCatchEvent("answer")
                    .message(m -> m.name("replied").zeebeCorrelationKeyExpression("leedId"))
                    .serviceTask("task")
                    .zeebeJobType("add-points")
                    .zeebeInputExpression("price", "points")
                    .endEvent()
                    .done()))
        .extracting(finding -> finding.substring(0, finding.indexOf(", so")))
        .containsExactlyInAnyOrder(
            "flow.bpmn: wait: warning: nothing in the flow sets pause",
            "flow.bpmn: answer: warning: nothing in the flow sets leedId",
            "flow.bpmn: task: warning: nothing in the flow sets price");
  }

  @Test
  void where_something_may_set_anything_nothing_is_told() {
    assertThat(findings("x = 1", start -> job(start, "of-somebody-else"))).isEmpty();
    assertThat(findings("x = 1", start -> start.userTask())).isEmpty();
    assertThat(findings("x = 1", start -> start.userTask().zeebeFormId("another"))).isEmpty();
    assertThat(findings("x = 1", start -> start.callActivity().zeebeProcessId("child"))).isEmpty();
    assertThat(findings("x = 1", Bpmn.createExecutableProcess("flow").startEvent(), it -> it))
        .as("a flow that others can call")
        .isEmpty();
  }

  /** Or the rule would be silent where it stands, and nobody would know. */
  @Test
  void what_each_step_of_the_palette_sets_is_known() {
    for (String type : ElementTemplates.read(Path.of("../bpmn")).jobTypes()) {
      assertThat(findings("x = 1", start -> job(start, type))).as(type).hasSize(1);
    }
  }

  private List<String> findings(
      String condition, Function<StartEventBuilder, AbstractFlowNodeBuilder<?, ?>> steps) {
    return findings(condition, started(), steps);
  }

  private List<String> findings(
      String condition,
      StartEventBuilder start,
      Function<StartEventBuilder, AbstractFlowNodeBuilder<?, ?>> steps) {
    return RuleProbe.findings(
        rule,
        steps
            .apply(start)
            .exclusiveGateway("gateway")
            .sequenceFlowId("arrow")
            .condition("=" + condition)
            .endEvent()
            .moveToLastExclusiveGateway()
            .defaultFlow()
            .endEvent()
            .done());
  }

  private static StartEventBuilder started() {
    ProcessBuilder flow = Bpmn.createExecutableProcess("flow");
    return flow.startEvent().message("cart.updated");
  }

  private static AbstractFlowNodeBuilder<?, ?> job(StartEventBuilder start, String type) {
    return start.serviceTask().zeebeJobType(type);
  }
}
