package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialOfferIT extends FlowPaths {

  private static final String FLOW = "trial-offer";
  private static final String QUESTION = "Question Answered";
  private static final Map<String, String> WHO = Map.of("firstName", "Zsófia");
  private static final Map<String, Object> ARTICLE = Map.of("path", "/article");
  private static final Map<String, Object> YES = Map.of("question", "trial", "answer", "yes");
  private static final Map<String, Object> NO = Map.of("question", "trial", "answer", "no");

  TrialOfferIT(LocalRipen ripen) {
    super(FLOW, ripen);
  }

  @Test
  void a_reader_who_wants_a_trial_is_ready_for_sales() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.awaits(1, "popup");
    lead.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_wantsTrial");
    TrialRequestIT.isHandedOverOnce(ripen, lead);

    begins(() -> reads(lead)).awaitEnd("endEvent_onceAMonthRefused");
  }

  @Test
  void a_yes_to_an_old_email_counts_once_and_a_no_starts_nothing() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> readsAndLeaves(lead));
    run.awaitPast("serviceTask_offerByEmail");
    Mail offer = lead.awaits(1, "email");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");

    long requested = begunWith(TrialRequestIT.FLOW, TrialRequestIT.STARTED);
    lead.answers(offer, "trial", "no");
    lead.settles();
    // Who follows several links at once is a program.
    minutesLater(1);
    begins(TrialRequestIT.FLOW, () -> lead.answers(offer, "trial", "yes"))
        .awaitEnd("endEvent_readyForSales");
    begins(TrialRequestIT.FLOW, () -> lead.answers(offer, "trial", "yes"))
        .awaitEnd("endEvent_readyForSales");
    TrialRequestIT.isHandedOverOnce(ripen, lead);
    assertThat(begunWith(TrialRequestIT.FLOW, TrialRequestIT.STARTED)).isEqualTo(requested + 2);
  }

  @Test
  void a_yes_in_the_very_moment_in_which_a_run_begins_is_not_lost() {
    Lead lead = aLead();
    Instances.Instance offer = begins(() -> lead.doesAtOnce("Page Read", ARTICLE, QUESTION, YES));
    TrialRequestIT.isHandedOverOnce(ripen, lead);
    offer.awaitPast(FLOW);
    assertThat(lead.messages("popup")).isEmpty();
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void a_yes_in_the_very_moment_in_which_a_run_ends_is_not_lost() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.doesAtOnce(QUESTION, NO, QUESTION, YES);
    run.awaitPast(FLOW);
    TrialRequestIT.isHandedOverOnce(ripen, lead);
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
    Instances.Instance run = begins(() -> readsAndLeaves(lead)).awaitAt("serviceTask_offerByEmail");
    lead.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_wantsTrial");
    TrialRequestIT.isHandedOverOnce(ripen, lead);

    hoursLater(13);
    lead.visits("/pricing").settles();
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_turns_out_to_be_a_known_lead_is_handed_over_once_and_their_offer_ends() {
    Lead known = aLead();
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> reads(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.turnsOutToBe(known).settles();
    long requested = begunWith(TrialRequestIT.FLOW, TrialRequestIT.STARTED);
    visitor.does(QUESTION, YES);
    run.awaitEnd("endEvent_wantsTrial");
    TrialRequestIT.isHandedOverOnce(ripen, known);
    assertThat(begunWith(TrialRequestIT.FLOW, TrialRequestIT.STARTED)).isEqualTo(requested + 1);
  }

  @Test
  void a_visitor_whom_nobody_knows_leaves_an_address_with_the_yes() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> reads(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_wantsTrial");
    TrialRequestIT.isHandedOverOnce(ripen, visitor);
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
  void who_was_disqualified_meanwhile_is_a_task_for_a_person() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    decides(lead, "DISQUALIFIED");
    begins(TrialRequestIT.FLOW, () -> lead.fillsIn("trial", WHO)).awaitAt(TrialRequestIT.PERSON);
    run.awaitEnd("endEvent_wantsTrial");
    TrialRequestIT.isTask(ripen, lead);
    assertThat(lead.stage()).isEqualTo("DISQUALIFIED");
  }

  private static Lead reads(Lead lead) {
    return lead.visits("/article").does("Page Read", ARTICLE);
  }

  /** The page is still read to its end when the server hears of it, which is late. */
  private static void readsAndLeaves(Lead lead) {
    lead.takesBack("marketing", "popup").settles();
    reads(lead);
  }
}
