package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ripen.engine.flows.FlowGoals.End;
import io.ripen.engine.flows.FlowGoals.Goals;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What ends flows, read from versions in a real database. */
class FlowGoalsIT {

  private static final String ONE_OF_EACH =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                   xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
        <process id="p" isExecutable="true">
          <startEvent id="start"/>
          <subProcess id="ends" triggeredByEvent="true">
            <startEvent id="bought"><messageEventDefinition messageRef="m"/></startEvent>
            <subProcess id="inner"><serviceTask id="thanks"/></subProcess>
          </subProcess>
          <subProcess id="beside" triggeredByEvent="true">
            <startEvent id="clicked" isInterrupting="false">
              <messageEventDefinition messageRef="m"/>
            </startEvent>
          </subProcess>
          <subProcess id="answer" triggeredByEvent="true">
            <startEvent id="answered"><messageEventDefinition messageRef="a"/></startEvent>
          </subProcess>
          <subProcess id="computed" triggeredByEvent="true">
            <startEvent id="any"><messageEventDefinition messageRef="c"/></startEvent>
          </subProcess>
          <subProcess id="late" triggeredByEvent="true">
            <startEvent id="timer"><timerEventDefinition/></startEvent>
          </subProcess>
        </process>
        <message id="m" name="order.placed"><extensionElements>
          <zeebe:subscription correlationKey="= leadId "/></extensionElements></message>
        <message id="a" name="question.answered"><extensionElements>
          <zeebe:subscription correlationKey="=leadId + &quot;:topic&quot;"/></extensionElements></message>
        <message id="c" name="question.answered"><extensionElements>
          <zeebe:subscription correlationKey="=leadId + &quot;:&quot; + asked"/></extensionElements></message>
      </definitions>
      """;

  private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated());
  private final FlowGoals goals = FlowsFixture.flowGoals(jdbc);

  @Test
  void the_reminder_of_a_cart_ends_when_it_is_bought_or_emptied() throws IOException {
    deployed(
        "abandoned-cart", Files.readString(Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn")));

    Goals read = goals.of("abandoned-cart", 1);

    assertThat(read.starts()).containsExactly("cart.updated");
    assertThat(read.ends())
        .extracting(End::signal, End::variable)
        .contains(tuple("order.placed", "cartId"), tuple("cart.emptied", "cartId"));
  }

  @Test
  void only_what_interrupts_the_flow_as_a_whole_ends_it_and_not_what_follows() {
    deployed("p", ONE_OF_EACH);

    assertThat(goals.of("p", 1).ends())
        .extracting(End::signal, End::variable, End::suffix)
        .containsExactly(
            tuple("order.placed", "leadId", ""), tuple("question.answered", "leadId", ":topic"));
    assertThat(goals.of("p", 1).ends().getFirst().after())
        .contains("thanks")
        .doesNotContain("start");
  }

  @Test
  void a_version_that_nobody_knows_yet_is_looked_for_again() {
    assertThat(goals.of("p", 1)).isEqualTo(new Goals(List.of(), List.of()));
    deployed("p", ONE_OF_EACH);

    assertThat(goals.of("p", 1).ends()).isNotEmpty();
    assertThat(goals.of("p", 2).ends()).isEmpty();
  }

  private void deployed(String flow, String xml) {
    jdbc.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (7, ?, 1, 'Flow', ?, '{}', now())",
        flow,
        xml);
  }
}
