package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class TrialOfferIT extends FlowPaths {

  private static final String FLOW = "trial-offer";
  private static final String REQUESTED = "startEvent_trialRequested";
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
    isHandedOverOnce(lead);

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

    long requested = begunWith(FLOW, REQUESTED);
    lead.answers(offer, "trial", "no");
    lead.settles();
    // Who follows several links at once is a program.
    minutesLater(1);
    begins(() -> lead.answers(offer, "trial", "yes")).awaitEnd("endEvent_readyForSales");
    begins(() -> lead.answers(offer, "trial", "yes")).awaitEnd("endEvent_readyForSales");
    isHandedOverOnce(lead);
    assertThat(begunWith(FLOW, REQUESTED)).isEqualTo(requested + 2);
  }

  @Test
  void who_fills_in_the_form_on_a_site_needs_no_offer() {
    Lead visitor = aVisitor();
    begins(() -> visitor.fillsIn("trial", WHO)).awaitEnd("endEvent_readyForSales");
    isHandedOverOnce(visitor);
  }

  @Test
  void a_yes_of_whom_nobody_can_reach_yet_is_not_lost() {
    Lead visitor = aVisitor();
    begins(() -> visitor.does(QUESTION, YES)).awaitEnd("endEvent_readyForSales");
    isHandedOverOnce(visitor);
  }

  @Test
  void who_says_yes_twice_at_once_is_handed_over_once_with_one_note() {
    Lead lead = aLead();
    long over = begunWith(FLOW, FLOW);
    lead.doesAtOnce(QUESTION, YES, QUESTION, YES);
    soon("the end of both").until(() -> begunWith(FLOW, FLOW) == over + 2);
    isHandedOverOnce(lead);
  }

  @Test
  void a_yes_in_the_very_moment_in_which_a_run_begins_is_not_lost() {
    Lead lead = aLead();
    long over = begunWith(FLOW, FLOW);
    lead.doesAtOnce("Page Read", ARTICLE, QUESTION, YES);
    soon("the end of both").until(() -> begunWith(FLOW, FLOW) == over + 2);
    isHandedOverOnce(lead);
    assertThat(lead.messages("popup")).isEmpty();
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void a_yes_in_the_very_moment_in_which_a_run_ends_is_not_lost() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> reads(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.doesAtOnce(QUESTION, NO, QUESTION, YES);
    run.awaitEnd("endEvent_wantsTrial");
    isHandedOverOnce(lead);
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
    isHandedOverOnce(lead);

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
    long requested = begunWith(FLOW, REQUESTED);
    visitor.does(QUESTION, YES);
    run.awaitEnd("endEvent_wantsTrial");
    isHandedOverOnce(known);
    assertThat(begunWith(FLOW, REQUESTED)).isEqualTo(requested + 1);
  }

  @Test
  void a_visitor_whom_nobody_knows_leaves_an_address_with_the_yes() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> reads(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.fillsIn("trial", WHO);
    run.awaitEnd("endEvent_wantsTrial");
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
    begins(() -> lead.fillsIn("trial", WHO)).awaitEnd("endEvent_becomeSqlImpossible");
    run.awaitEnd("endEvent_wantsTrial");
  }

  private void isHandedOverOnce(Lead lead) {
    soon("the hand-over").until(() -> lead.stage().equals("SQL"));
    lead.settles();
    assertThat(ripen.database().stages(lead.id())).containsOnlyOnce("SQL: asked for a trial");
    assertThat(ripen.database().points(lead.id(), "asked for a trial")).isEqualTo(20);
    Long task =
        soon("the task")
            .until(() -> ripen.database().openTaskOf(lead.id()), found -> found != null);
    assertThat(Jsoup.parse(ripen.http().get("/sales/" + task).body()).text())
        .containsOnlyOnce("Asked for a trial");
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
