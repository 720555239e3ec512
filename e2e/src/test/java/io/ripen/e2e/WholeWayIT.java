package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People on their whole way, through all the flows that they meet on it. */
@ExtendWith(RipenExtension.class)
class WholeWayIT {

  private final LocalRipen ripen;
  private final Browser browser;
  private SalesTab salesperson;

  WholeWayIT(LocalRipen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser;
  }

  @BeforeEach
  void somebody_comes_to_work() {
    salesperson = new SalesTab(ripen, browser, "anna", "sales");
  }

  @AfterEach
  void and_goes_home() {
    salesperson.close();
  }

  @Test
  void from_an_unknown_visitor_to_a_customer_and_back_to_marketing() {
    Lead lead = Lead.speaking("en", "lead-magnet", ripen).visits("/teas").settles();
    assertThat(lead.stage()).isEqualTo("VISITOR");

    lead.whoMayBeWrittenTo().does("Lead Magnet Requested", Map.of("magnet", "tea-guide"));
    Mail guide = lead.awaits(1, "email");
    assertThat(lead.stage()).isEqualTo("LEAD");
    assertThat(ripen.http().get(lead.link(guide, "/download/", "tea-guide")).statusCode())
        .isEqualTo(200);

    lead.does("Page Read", Map.of()).visits("/pricing").settles();
    answersTheFourQuestions(lead);
    awaitStage(lead, "SQL");

    salesperson.opensTask(lead.name()).takesLead();
    awaitStage(lead, "SALES");
    long cared = begun("customer-care", "serviceTask_twiceAYear");
    salesperson.chooses("Won: they bought").press("Record the outcome");
    awaitStage(lead, "CUSTOMER");
    soon("the care that counts its days")
        .until(() -> begun("customer-care", "serviceTask_twiceAYear") > cared);

    lead.meets("customer-care");
    ripen.advance(days(2));
    lead.awaits(1, "email");
    assertThat(ripen.database().stages(lead.id()))
        .extracting(change -> change.substring(0, change.indexOf(':')))
        .containsExactly("LEAD", "MQL", "SQL", "SALES", "CUSTOMER");
  }

  @Test
  void somebody_who_cannot_be_reached_is_disqualified_and_never_written_to_again() {
    Lead lead = wantsATrial();
    salesperson.opensTask(lead.name()).takesLead();
    salesperson.chooses("Disqualified: no lead at all").chooses("Could not be reached");
    salesperson.press("Record the outcome");
    awaitStage(lead, "DISQUALIFIED");
    assertThat(ripen.database().stages(lead.id()).getLast())
        .isEqualTo("DISQUALIFIED: sales: could not be reached");

    // The points of the trial may have brought the questions on their way before.
    List<String> before = mails(lead.settles());
    lead.does("Page Read", Map.of()).visits("/pricing").settles();
    ripen.advance(days(30));
    soon("nobody else waits").until(() -> ripen.database().pendingSignals() == 0);
    assertThat(mails(lead)).isEqualTo(before);
    assertThat(lead.stage()).isEqualTo("DISQUALIFIED");
  }

  /** How many runs are past the first step of a flow: what they wait for is set up. */
  private long begun(String flow, String firstStep) {
    return ripen.database().completedAt(flow, firstStep);
  }

  /** How many e-mails the lead has of each flow. */
  private static List<String> mails(Lead lead) {
    return Stream.of("nurturing", "qualification", "trial-offer", "customer-care")
        .map(flow -> flow + " " + lead.meets(flow).messages("email").size())
        .toList();
  }

  @Test
  void a_not_now_is_nurtured_again_and_may_come_back_to_sales() {
    Lead lead = wantsATrial();
    salesperson.opensTask(lead.name()).takesLead();
    // Whom sales gave back within a week would not begin anew.
    ripen.advance(days(8));
    salesperson.open("/sales?show=all");
    salesperson.opensTask(lead.name());
    long nurtured = begun("nurturing", "serviceTask_onceAWeek");
    salesperson.chooses("Not now: back to marketing").press("Record the outcome");
    awaitStage(lead, "LEAD");
    soon("the nurturing that counts its days")
        .until(() -> begun("nurturing", "serviceTask_onceAWeek") > nurtured);

    lead.meets("nurturing");
    ripen.advance(days(3));
    lead.awaits(1, "email");

    // A month later they come back, which alone is no answer, and an article interests them anew.
    ripen.advance(days(31));
    lead.visits("/").settles();
    wantsATrial(lead, 2);
    salesperson.opensTask(lead.name()).takesLead();
    awaitStage(lead, "SALES");
    assertThat(ripen.database().stages(lead.id()))
        .extracting(change -> change.substring(0, change.indexOf(':')))
        .containsExactly("LEAD", "SQL", "SALES", "LEAD", "SQL", "SALES");
  }

  private Lead wantsATrial() {
    Lead lead = Lead.speaking("en", "trial-offer", ripen).whoMayBeWrittenTo().settles();
    wantsATrial(lead, 1);
    return lead;
  }

  /** Reads an article, is offered a trial in a popup, and says yes. */
  private void wantsATrial(Lead lead, int popups) {
    lead.meets("trial-offer").visits("/articles/teas").does("Page Read", Map.of()).settles();
    lead.sees("popup").awaits(popups, "popup");
    lead.fillsIn("trial", Map.of("firstName", lead.name()));
    awaitStage(lead, "SQL");
  }

  private void answersTheFourQuestions(Lead lead) {
    Mail questions = lead.meets("qualification").awaits(1, "email");
    awaitStage(lead, "MQL");
    lead.answers(questions, "need", "yes");
    lead.answers(questions, "budget", "yes");
    lead.answers(questions, "authority", "self");
    lead.answers(questions, "timing", "now");
  }

  private void awaitStage(Lead lead, String stage) {
    soon("stage " + stage).until(() -> lead.stage().equals(stage));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days).plusSeconds(5);
  }
}
