package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialRequestIT extends FlowPaths {

  static final String FLOW = "trial-request";
  static final String STARTED = "startEvent_trialRequested";
  static final String PERSON = "userTask_getInTouch";

  private static final String QUESTION = "Question Answered";
  private static final Map<String, String> WHO = Map.of("firstName", "Zsófia");
  private static final Map<String, Object> YES = Map.of("question", "trial", "answer", "yes");

  TrialRequestIT(LocalRipen ripen) {
    super(FLOW, ripen);
  }

  @Test
  void who_fills_in_the_form_on_a_site_needs_no_offer() {
    Lead visitor = aVisitor();
    begins(() -> visitor.fillsIn("trial", WHO)).awaitEnd("endEvent_readyForSales");
    isHandedOverOnce(ripen, visitor);
  }

  @Test
  void a_yes_of_whom_nobody_can_reach_yet_is_not_lost() {
    Lead visitor = aVisitor();
    begins(() -> visitor.does(QUESTION, YES)).awaitEnd("endEvent_readyForSales");
    isHandedOverOnce(ripen, visitor);
  }

  @Test
  void who_says_yes_twice_at_once_is_handed_over_once_with_one_note() {
    Lead lead = aLead();
    long over = begunWith(FLOW, FLOW);
    lead.doesAtOnce(QUESTION, YES, QUESTION, YES);
    soon("the end of both").until(() -> begunWith(FLOW, FLOW) == over + 2);
    isHandedOverOnce(ripen, lead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_NEED", "CUSTOMER"})
  void who_is_not_for_sales_any_more_is_a_task_for_a_person_and_stays_what_they_are(String stage) {
    Lead lead = aLead();
    decides(lead, stage);
    Instances.Instance run = begins(() -> lead.does(QUESTION, YES)).awaitAt(PERSON);
    lead.settles();
    isTask(ripen, lead);
    assertThat(lead.stage()).isEqualTo(stage);
    run.completes(PERSON);
    run.awaitEnd("endEvent_inTouch");
  }

  /** The one open task of the lead's. */
  static void isTask(Ripen ripen, Lead lead) {
    Long task =
        soon("the task")
            .until(() -> ripen.database().openTaskOf(lead.id()), found -> found != null);
    assertThat(Jsoup.parse(ripen.http().get("/sales/" + task).body()).text())
        .contains("Get in touch about the trial");
  }

  /** The stage, the points, the task and its note, each once. */
  static void isHandedOverOnce(Ripen ripen, Lead lead) {
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
}
