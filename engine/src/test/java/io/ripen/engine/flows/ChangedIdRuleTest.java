package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedIdRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email reminder | email reminder   | |",
        "email reminder | job add-points   | serviceTask that sends reminder by email | serviceTask that does add-points",
        "email reminder | email last       | serviceTask that sends reminder by email | serviceTask that sends last by email",
        "email reminder | sms reminder     | serviceTask that sends reminder by email | serviceTask that sends reminder by sms",
        "job split      | job split        | |",
        "job split      | job add-points   | serviceTask that does split | serviceTask that does add-points",
        "job split      | person any       | serviceTask that does split | userTask",
        "wait PT1H      | wait P1D         | |",
        "wait PT1H      | signal replied   | intermediateCatchEvent on timer | intermediateCatchEvent on message replied by leadId",
        "signal replied | signal replied   | |",
        "signal replied | signal answered  | intermediateCatchEvent on message replied by leadId | intermediateCatchEvent on message answered by leadId",
        "signal replied | cart replied     | intermediateCatchEvent on message replied by leadId | intermediateCatchEvent on message replied by cartId",
      })
  void an_id_that_is_another_step_now_is_told(String before, String now, String was, String is) {
    List<String> findings =
        RuleProbe.findings(rule(Bpmn.convertToString(model("step", before))), model("step", now));
    if (was == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings)
          .containsExactly(
              "flow.bpmn: step: warning: in the version in service this id is a %s, and here it is a %s:"
                      .formatted(was, is)
                  + " runs are moved, and touches and figures are kept, by the id → give the new"
                  + " step an id of its own (id-changed)");
    }
  }

  @Test
  void a_new_id_a_first_version_and_one_that_cannot_be_read_are_no_change() {
    BpmnModelInstance now = model("other", "email last");
    String before = Bpmn.convertToString(model("step", "email reminder"));
    assertThat(RuleProbe.findings(rule(before), now)).isEmpty();
    assertThat(RuleProbe.findings(rule("<nothing"), now)).isEmpty();
    assertThat(RuleProbe.findings(new ChangedIdRule(Existing.NOT_ASKED), now)).isEmpty();
  }

  @Test
  void a_start_that_comes_to_share_its_signal_with_a_wait_is_no_other_step() {
    List<String> findings =
        RuleProbe.findings(rule(Bpmn.convertToString(startedBy(false))), startedBy(true));
    assertThat(findings).isEmpty();
  }

  private static BpmnModelInstance startedBy(boolean aWaitHasItToo) {
    StartEventBuilder start =
        Bpmn.createExecutableProcess("flow").startEvent("start").message("replied");
    return aWaitHasItToo
        ? start
            .intermediateCatchEvent("wait")
            .message(m -> m.name("replied").zeebeCorrelationKeyExpression("leadId"))
            .endEvent("end")
            .done()
        : start.endEvent("end").done();
  }

  private static ChangedIdRule rule(String existing) {
    return new ChangedIdRule(new Before(Map.of("flow", existing), Set.of()));
  }

  private static BpmnModelInstance model(String id, String step) {
    StartEventBuilder start = Bpmn.createExecutableProcess("flow").startEvent("start");
    String what = step.substring(step.indexOf(' ') + 1);
    AbstractFlowNodeBuilder<?, ?> drawn =
        switch (step.substring(0, step.indexOf(' '))) {
          case "email" ->
              start.serviceTask(id).zeebeJobType("send-email").zeebeTaskHeader("message", what);
          case "sms" ->
              start.serviceTask(id).zeebeJobType("send-sms").zeebeTaskHeader("message", what);
          case "job" -> start.serviceTask(id).zeebeJobType(what);
          case "person" -> start.userTask(id).zeebeUserTask();
          case "wait" -> start.intermediateCatchEvent(id).timerWithDuration(what);
          default ->
              start
                  .intermediateCatchEvent(id)
                  .message(
                      m ->
                          m.name(what)
                              .zeebeCorrelationKeyExpression(
                                  step.startsWith("cart") ? "cartId" : "leadId"));
        };
    return drawn.endEvent("end").done();
  }
}
