package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SalesPathsIT extends FlowPaths {

  private final Zeebe zeebe;

  SalesPathsIT(LocalRipen ripen) {
    super("sales-handoff", ripen);
    zeebe = new Zeebe(ripen);
  }

  @AfterAll
  void leaveZeebe() {
    zeebe.close();
  }

  @Test
  void each_outcome_is_carried_out() {
    assertThat(stageAfter("won", "endEvent_won")).isEqualTo("CUSTOMER: won by sales");
    assertThat(stageAfter("notNow", "endEvent_notNow")).isEqualTo("LEAD: sales: not now");
    assertThat(stageAfter("noNeed", "endEvent_noNeed")).isEqualTo("NO_NEED: sales: no need");
    assertThat(stageAfter("disqualified", "endEvent_disqualified"))
        .isEqualTo("DISQUALIFIED: sales: spam or a joke");
  }

  private String stageAfter(String outcome, String end) {
    Lead lead = aKnownOne();
    Instances.Instance run = isTaken(lead);
    assertThat(lead.stage()).isEqualTo("SALES");
    run.completes("userTask_recordOutcome", Map.of("outcome", outcome, "reason", "spam"));
    run.awaitPast(end).awaitEnd("endEvent_closed");
    return ripen.database().stages(lead.id()).getLast();
  }

  @Test
  void who_is_taken_by_nobody_comes_to_the_team_leads_and_an_outcome_is_asked_for_after_a_week() {
    Lead lead = aKnownOne();
    Instances.Instance run = begins(() -> decides(lead, "SQL")).awaitAt("userTask_takeLead");
    hoursLater(2);
    run.awaitPast("endEvent_reminded");
    hoursLater(2);
    run.awaitAt("userTask_takeOver").completes("userTask_takeOver");
    run.awaitAt("userTask_recordOutcome");
    daysLater(7);
    run.awaitPast("endEvent_asked");
    run.completes("userTask_recordOutcome", Map.of("outcome", "noNeed"));
    run.awaitEnd("endEvent_closed");
  }

  @Test
  void who_is_given_back_is_offered_anew_with_all_of_the_time() {
    Lead lead = aKnownOne();
    Instances.Instance run = isTaken(lead);
    run.completes("userTask_recordOutcome", Map.of("givenBack", true));
    run.awaitAt("userTask_takeLead");
    hoursLater(2);
    run.awaitPast("endEvent_reminded");
    run.completes("userTask_takeLead", Map.of("acceptedBy", "ben"));
    run.awaitAt("userTask_recordOutcome");
    lead.buys();
    run.awaitEnd("endEvent_wonByOrder");
    assertThat(ripen.database().handoverOf(lead.id())).isEqualTo("won by ben");
  }

  @Test
  void who_buys_after_they_were_given_back_is_won_by_nobody() {
    Lead lead = aKnownOne();
    Instances.Instance run = isTaken(lead);
    run.completes("userTask_recordOutcome", Map.of("givenBack", true));
    run.awaitAt("userTask_takeLead");
    lead.buys();
    run.awaitEnd("endEvent_purchaseMade");
    assertThat(ripen.database().handoverOf(lead.id())).isNull();
  }

  @Test
  void who_has_moved_on_is_not_for_sales_any_more() {
    Lead lead = aKnownOne();
    Instances.Instance run = begins(() -> decides(lead, "SQL")).awaitAt("userTask_takeLead");
    decides(lead, "NO_NEED");
    run.completes("userTask_takeLead");
    run.awaitEnd("endEvent_toSalesImpossible");
    assertThat(lead.stage()).isEqualTo("NO_NEED");
  }

  @Test
  void who_buys_before_anybody_has_taken_them_needs_no_call() {
    Lead lead = aKnownOne();
    Instances.Instance run = begins(() -> decides(lead, "SQL")).awaitAt("userTask_takeLead");
    lead.buys();
    run.awaitEnd("endEvent_purchaseMade");
    assertThat(ripen.database().handoverOf(lead.id())).isNull();
  }

  @Test
  void who_buys_while_somebody_has_them_is_won_by_whoever_it_is() {
    Lead lead = aKnownOne();
    Instances.Instance run = isTaken(lead);
    lead.buys();
    run.awaitEnd("endEvent_wonByOrder");
    assertThat(ripen.database().handoverOf(lead.id())).isEqualTo("won by anna");
    assertThat(lead.stage()).isEqualTo("CUSTOMER");
  }

  /** Any lead that there is can come to the stage of any outcome; so this one is gone. */
  @Test
  void whom_there_is_not_any_more_has_no_stage_to_change() {
    Map<String, Object> nobody =
        Map.of("leadId", UUID.randomUUID().toString(), "team", "sales", "acceptedBy", "");
    Instances.Instance run =
        begins(() -> zeebe.startBefore("sales-handoff", "userTask_recordOutcome", nobody));
    run.completes("userTask_recordOutcome", Map.of("outcome", "won"));
    run.awaitEnd("endEvent_stageRefused");
  }

  private Lead aKnownOne() {
    return aVisitor().identifies().settles();
  }

  private Instances.Instance isTaken(Lead lead) {
    Instances.Instance run = begins(() -> decides(lead, "SQL")).awaitAt("userTask_takeLead");
    run.completes("userTask_takeLead", Map.of("acceptedBy", "anna"));
    return run.awaitAt("userTask_recordOutcome");
  }
}
