package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialOfferIT extends FlowPaths {

  private static final String FLOW = "trial-offer";
  private static final String REQUESTED = "startEvent_trialRequested";
  private static final Map<String, String> WHO = Map.of("firstName", "Zsófia");

  TrialOfferIT(LocalRipen ripen) {
    super(FLOW, ripen);
  }

  @Test
  void a_reader_who_wants_a_trial_is_ready_for_sales() {
    Lead lead = aLead();
    long requested = begunWith(FLOW, REQUESTED);
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.awaits(1, "popup");
    lead.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_trialMeanwhile");
    isHandedOverOnce(lead.settles());

    begins(() -> reads(lead)).awaitEnd("endEvent_onceAMonthRefused");
    assertThat(begunWith(FLOW, REQUESTED))
        .as("runs beside the one that waits")
        .isEqualTo(requested);
  }

  @Test
  void a_yes_to_an_old_email_counts_once_and_a_no_starts_nothing() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> readsAndLeaves(lead));
    run.awaitPast("serviceTask_offerByEmail");
    Mail offer = lead.awaits(1, "email");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");

    long requested = begunWith(FLOW, REQUESTED);
    lead.answers(offer, "trial", "no");
    lead.settles();
    // Who follows several links at once is a program.
    minutesLater(1);
    begins(() -> lead.answers(offer, "trial", "yes")).awaitEnd("endEvent_trial");
    isHandedOverOnce(lead);
    begins(() -> lead.answers(offer, "trial", "yes")).awaitEnd("endEvent_trial");
    isHandedOverOnce(lead);
    assertThat(begunWith(FLOW, REQUESTED)).isEqualTo(requested + 2);
  }

  @Test
  void who_fills_in_the_form_on_a_site_needs_no_offer() {
    Lead visitor = aVisitor();
    begins(() -> visitor.fillsIn("trial", WHO)).awaitEnd("endEvent_trial");
    isHandedOverOnce(visitor);
  }

  @Test
  void who_has_left_gets_an_email_and_may_decline() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> readsAndLeaves(lead));
    run.awaitPast("serviceTask_offerByEmail");
    lead.answers(lead.awaits(1, "email"), "trial", "no");
    run.awaitEnd("endEvent_noTrial");
  }

  @Test
  void who_asks_while_their_own_offer_waits_to_be_sent_is_handed_over_and_offered_nothing() {
    Lead lead = aLead();
    ripen.database().pausesForHours(lead.id(), 12);
    long requested = begunWith(FLOW, REQUESTED);
    Instances.Instance run = begins(() -> readsAndLeaves(lead)).awaitAt("serviceTask_offerByEmail");
    lead.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_trialMeanwhile");
    isHandedOverOnce(lead.settles());

    hoursLater(13);
    lead.visits("/pricing").settles();
    assertThat(lead.messages("email")).isEmpty();
    assertThat(begunWith(FLOW, REQUESTED)).isEqualTo(requested);
  }

  @Test
  void who_turns_out_to_be_a_known_lead_is_handed_over_by_the_run_that_offered_it() {
    Lead known = aLead();
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> reads(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.turnsOutToBe(known).settles();
    visitor.does("Question Answered", Map.of("question", "trial", "answer", "yes"));
    run.awaitEnd("endEvent_trial");
    isHandedOverOnce(known.settles());
  }

  @Test
  void a_visitor_whom_nobody_knows_leaves_an_address_with_the_yes() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> reads(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_trialMeanwhile");
    isHandedOverOnce(visitor);
  }

  @Test
  void who_says_nothing_is_not_asked_twice() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");
  }

  @Test
  void who_can_be_reached_in_no_way_is_offered_nothing() {
    Lead visitor = aVisitor().takesBack("marketing", "popup").settles();
    begins(() -> reads(visitor)).awaitEnd("endEvent_offerByEmailNotSent");
  }

  @Test
  void who_buys_needs_no_trial() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.buys();
    run.awaitEnd("endEvent_becameCustomer");
  }

  @Test
  void who_was_disqualified_meanwhile_does_not_get_to_sales() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    decides(lead, "DISQUALIFIED");
    lead.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_handOffMeanwhileImpossible");

    begins(() -> lead.fillsIn("trial", WHO)).awaitEnd("endEvent_becomeSqlImpossible");
  }

  private void isHandedOverOnce(Lead lead) {
    assertThat(ripen.database().stages(lead.id())).containsOnlyOnce("SQL: asked for a trial");
    assertThat(ripen.database().points(lead.id(), "asked for a trial")).isEqualTo(20);
  }

  private static Lead reads(Lead lead) {
    return lead.visits("/article").does("Page Read", Map.of("path", "/article"));
  }

  /** The page is still read to its end when the server hears of it, which is late. */
  private static void readsAndLeaves(Lead lead) {
    lead.takesBack("marketing", "popup").settles();
    reads(lead);
  }
}
