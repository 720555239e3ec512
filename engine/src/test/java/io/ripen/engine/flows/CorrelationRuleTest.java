package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import io.camunda.zeebe.model.bpmn.builder.ProcessBuilder;
import io.ripen.engine.feel.Feel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationRuleTest {

  private static final SignalNames SIGNALS = SignalNames.read(Path.of("../bpmn"), List.of());

  private final CorrelationRule rule = rule(SIGNALS);

  private static CorrelationRule rule(SignalNames signals) {
    return new CorrelationRule(
        signals, new Feel(Clock.systemUTC()), Map.of("form", Set.of("cartId", "note")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cart.updated    | order.placed      | cartId             |",
        "cart.updated    | purchase.made     | leadId             |",
        "order.cancelled | order.placed      | orderId            |",
        "stage.lead      | purchase.made     | leadId             |",
        "stage.lead      | question.answered | leadId + \":help\" |",
        "cart.updated    | order.placed      | leadId             | but order.placed is sent with cartId or orderId → set its correlation key to =cartId",
        "order.cancelled | order.placed      | leadId             | but order.placed is sent with cartId or orderId → set its correlation key to =orderId",
        "stage.lead      | order.placed      | leadId             | but order.placed is sent with cartId or orderId → wait for a signal that is sent by lead, such as Purchase made (purchase.made)",
        "stage.lead      | order.placed      | cartId             | which runs that begin by stage.lead do not have: they would stand still → wait for a signal that is sent by lead, such as Purchase made (purchase.made)",
        "stage.lead      | cart.emptied      | cartId             | which runs that begin by stage.lead do not have: they would stand still → wait for a signal that is sent by lead, such as Purchase made (purchase.made)",
        "order.cancelled | order.placed      | cartId             | which runs that begin by order.cancelled do not have: they would stand still → set its correlation key to =orderId",
        "cart.updated    | order.placed      | orderId            | which runs that begin by cart.updated do not have: they would stand still → set its correlation key to =cartId",
        "stage.lead      | question.answered | leadId             | which names no question → write =leadId + \":help\" for the question help",
      })
  void an_exit_goes_by_what_the_signal_is_sent_with_and_the_run_has(
      String start, String exit, String key, String problem) {
    List<String> findings = exit(start, exit, key);

    if (problem == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings)
          .containsExactly(
              "flow.bpmn: exit: error: it waits with =%s, %s (correlation-key)"
                  .formatted(key, problem));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cart.change  | \"updated\"             | cartId  | true",
        "cart.change  | \"updated\", \"emptied\"  | cartId  | true",
        "cart.total   | > 100                 | cartId  | true",
        "cart.total   | [10.5..20]            | cartId  | true",
        "order.change | \"placed\"              | orderId | true",
        "order.change | \"placed\"              | cartId  | false",
        "cart.change  | not(\"ordered\")        | cartId  | false",
        "cart.change  | -                     | cartId  | false",
        "cart.total   | null                  | cartId  | false",
        "event.name   | \"cart.updated\"        | cartId  | false",
      })
  void what_a_row_asks_for_its_runs_have_whatever_the_signal_goes_by(
      String fact, String test, String key, boolean had, @TempDir Path bpmn) throws IOException {
    Files.writeString(
        bpmn.resolve(SignalNames.FILE),
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
          <decision>
            <decisionTable>
              <input><inputExpression><text>%s</text></inputExpression></input>
              <output name="signal" />
              <output name="key" />
              <rule>
                <inputEntry><text>%s</text></inputEntry>
                <outputEntry><text>"own"</text></outputEntry>
                <outputEntry><text>"lead"</text></outputEntry>
              </rule>
              <rule>
                <inputEntry><text></text></inputEntry>
                <outputEntry><text>"order.placed"</text></outputEntry>
                <outputEntry><text>"cart"</text></outputEntry>
              </rule>
              <rule>
                <inputEntry><text></text></inputEntry>
                <outputEntry><text>"order.placed"</text></outputEntry>
                <outputEntry><text>"order"</text></outputEntry>
              </rule>
            </decisionTable>
          </decision>
        </definitions>
        """
            .formatted(fact, test));
    CorrelationRule withOwnRow = rule(SignalNames.read(bpmn, List.of()));

    List<String> findings = RuleProbe.findings(withOwnRow, exits("own", "order.placed", key));

    if (had) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings)
          .singleElement()
          .asString()
          .contains("which runs that begin by own do not have");
    }
  }

  @Test
  void blanks_in_a_key_change_nothing() {
    assertThat(exit("cart.updated", "order.placed", " cartId ")).isEmpty();
    assertThat(exit("stage.lead", "question.answered", " leadId+ \":help\"")).isEmpty();
    assertThat(exit("stage.lead", "order.placed", " cartId"))
        .singleElement()
        .asString()
        .contains("it waits with =cartId, which runs that begin by stage.lead do not have");
  }

  @Test
  void an_exit_without_a_key_is_told_which() {
    assertThat(exit("cart.updated", "order.placed", null))
        .containsExactly(
            "flow.bpmn: exit: error: it does not say whose order.placed it waits for → set its"
                + " correlation key to =cartId (correlation-key)");
    assertThat(exit("stage.lead", "replied", null))
        .singleElement()
        .asString()
        .contains("set its correlation key to =leadId");
  }

  @Test
  void of_several_starts_each_has_to_bring_what_an_exit_goes_by() {
    ProcessBuilder flow = Bpmn.createExecutableProcess("flow");
    addExit(flow, "order.placed", "cartId");
    flow.startEvent().message("cart.updated").endEvent();
    flow.startEvent().message("stage.lead").endEvent();

    assertThat(RuleProbe.findings(rule, flow.done()))
        .singleElement()
        .asString()
        .contains("it waits with =cartId, which runs that begin by stage.lead do not have");
  }

  @Test
  void whoever_starts_a_flow_without_a_signal_may_give_it_anything() {
    ProcessBuilder flow = Bpmn.createExecutableProcess("flow");
    addExit(flow, "order.placed", "cartId");
    flow.startEvent().endEvent();

    assertThat(RuleProbe.findings(rule, flow.done())).isEmpty();
  }

  @Test
  void a_wait_on_the_way_goes_by_what_the_run_may_have_by_then() {
    assertThat(onTheWay("stage.lead", "order.cancelled", "orderId"))
        .singleElement()
        .asString()
        .contains(
            "wait: error: it waits with =orderId, which runs that begin by stage.lead do not have");

    var form = started("stage.lead").userTask().zeebeFormId("form");
    assertThat(findings(form, "order.placed", "cartId")).as("set by a step").isEmpty();

    var purchase =
        started("stage.lead")
            .intermediateCatchEvent()
            .message(
                message -> message.name("purchase.made").zeebeCorrelationKeyExpression("leadId"));
    assertThat(findings(purchase, "order.cancelled", "orderId"))
        .as("brought by a signal before")
        .isEmpty();
  }

  @Test
  void where_nothing_ends_a_flow_early_the_remedy_is_one_that_its_runs_can_wait_for() {
    assertThat(withoutExit("cart.updated")).endsWith("such as Order placed (no-exit)");
    assertThat(withoutExit("stage.lead")).endsWith("such as Purchase made (no-exit)");
    assertThat(withoutExit("order.cancelled")).endsWith("such as Purchase made (no-exit)");
  }

  private static String withoutExit(String start) {
    var flow = started(start).serviceTask().zeebeJobType("send-email").endEvent();
    return RuleProbe.findings(new SignalRule(SIGNALS), flow.done()).getFirst();
  }

  private List<String> exit(String start, String exit, String key) {
    return RuleProbe.findings(rule, exits(start, exit, key));
  }

  private static BpmnModelInstance exits(String start, String exit, String key) {
    ProcessBuilder flow = Bpmn.createExecutableProcess("flow");
    addExit(flow, exit, key);
    return flow.startEvent().message(start).endEvent().done();
  }

  private static void addExit(ProcessBuilder flow, String signal, String key) {
    flow.eventSubProcess()
        .startEvent("exit")
        .message(
            message -> {
              message.name(signal);
              if (key != null) {
                message.zeebeCorrelationKeyExpression(key);
              }
            })
        .endEvent();
  }

  private List<String> onTheWay(String start, String signal, String key) {
    return findings(started(start), signal, key);
  }

  private List<String> findings(AbstractFlowNodeBuilder<?, ?> before, String signal, String key) {
    return RuleProbe.findings(
        rule,
        before
            .intermediateCatchEvent("wait")
            .message(message -> message.name(signal).zeebeCorrelationKeyExpression(key))
            .endEvent()
            .done());
  }

  private static AbstractFlowNodeBuilder<?, ?> started(String signal) {
    return Bpmn.createExecutableProcess("flow").startEvent().message(signal);
  }
}
