package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.ripen.engine.feel.Feel;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeelRuleTest {

  private final FeelRule rule = new FeelRule(new Feel(Clock.systemUTC()));

  private record Wrong(String name, Consumer<ServiceTaskBuilder> task) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong("an_input", task -> task.zeebeInput("=a = = b", "x")),
        new Wrong("an_output", task -> task.zeebeOutput("=a = = b", "x")),
        new Wrong("a_job_type", task -> task.zeebeJobType("=a = = b")),
        new Wrong("retries", task -> task.zeebeJobRetries("=a = = b")),
        new Wrong(
            "what_a_loop_goes_through",
            task -> task.multiInstance(loop -> loop.zeebeInputCollection("=a = = b"))),
        new Wrong(
            "what_a_loop_collects",
            task ->
                task.multiInstance(
                    loop ->
                        loop.zeebeInputCollection("=a")
                            .zeebeOutputCollection("all")
                            .zeebeOutputElement("=a = = b"))),
        new Wrong(
            "when_a_loop_ends",
            task ->
                task.multiInstance(
                    loop -> loop.zeebeInputCollection("=a").completionCondition("=a = = b"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void what_does_not_parse_is_told_of_its_step(Wrong wrong) {
    ServiceTaskBuilder task =
        Bpmn.createExecutableProcess("flow").startEvent().serviceTask("task").zeebeJobType("split");
    wrong.task().accept(task);

    assertThat(RuleProbe.findings(rule, task.endEvent().done()))
        .singleElement()
        .asString()
        .startsWith("flow.bpmn: task: error: FEEL expression \"=a = = b\": ")
        .endsWith("correct the expression: a run would stand still there (feel)");
  }

  @Test
  void flows_and_tables_with_computed_names_and_people_are_looked_at_too() {
    assertThat(
            RuleProbe.findings(
                rule,
                Bpmn.createExecutableProcess("flow")
                    .startEvent()
                    .callActivity("call")
                    .zeebeProcessId("=a = = b")
                    .businessRuleTask("decide")
                    .zeebeCalledDecisionId("=a = = b")
                    .zeebeResultVariable("x")
                    .userTask("task")
                    .zeebeCandidateGroups("=[a = = b]")
                    .zeebeDueDate("=a = = b")
                    .endEvent()
                    .done()))
        .extracting(finding -> finding.split(": ", -1)[1])
        .containsExactlyInAnyOrder("call", "decide", "task", "task");
  }

  @Test
  void a_condition_is_told_of_its_arrow() {
    assertThat(conditions("=choice = = 1")).singleElement().asString().contains(": arrow: error: ");
    assertThat(conditions("=choice = 1")).isEmpty();
  }

  @Test
  void a_condition_that_is_a_plain_text_is_told() {
    assertThat(conditions("choice = 1"))
        .containsExactly(
            "flow.bpmn: arrow: error: \"choice = 1\" is a plain text, and would not be worked out →"
                + " write it with a = before it, such as =choice = \"yes\" (feel)");
  }

  private List<String> conditions(String condition) {
    var model =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .exclusiveGateway("gateway")
            .sequenceFlowId("arrow")
            .condition(condition)
            .endEvent()
            .moveToLastExclusiveGateway()
            .defaultFlow()
            .endEvent()
            .done();
    assertThat((Object) model.getModelElementById("arrow")).isInstanceOf(SequenceFlow.class);
    return RuleProbe.findings(rule, model);
  }
}
