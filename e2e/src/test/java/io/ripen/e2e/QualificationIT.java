package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class QualificationIT extends FlowPaths {

  private final Zeebe zeebe;

  QualificationIT(LocalRipen ripen) {
    super("qualification", ripen);
    zeebe = new Zeebe(ripen);
  }

  @AfterAll
  void leaveZeebe() {
    zeebe.close();
  }

  @Test
  void who_meets_bant_is_ready_for_sales() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> scores(lead)).awaitPast("serviceTask_sendQuestions");
    assertThat(lead.stage()).isEqualTo("MQL");
    Mail questions = lead.awaits(1, "email");
    lead.answers(questions, "need", "yes");
    run.awaitPast("businessRuleTask_decide");
    lead.answers(questions, "budget", "yes");
    lead.settles();
    lead.answers(questions, "authority", "self");
    lead.settles();
    lead.answers(questions, "timing", "now");
    run.awaitPast("qualification");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("SQL: meets BANT");
  }

  @Test
  void who_answers_all_four_unasked_is_ready_for_sales_at_once() {
    Lead lead = aLead();
    begins(() -> answers(lead, "need", "yes")).awaitEnd("endEvent_tooEarly");
    begins(() -> answers(lead, "budget", "unknown")).awaitEnd("endEvent_tooEarly");
    begins(() -> answers(lead, "authority", "other")).awaitEnd("endEvent_tooEarly");
    assertThat(lead.stage()).as("one who has not come back").isEqualTo("LEAD");
    begins(() -> answers(lead, "timing", "now")).awaitPast("qualification");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("SQL: needs it now");

    Lead later = aLead();
    begins(() -> answers(later, "need", "yes")).awaitEnd("endEvent_tooEarly");
    begins(() -> answers(later, "budget", "yes")).awaitEnd("endEvent_tooEarly");
    begins(() -> answers(later, "authority", "self")).awaitEnd("endEvent_tooEarly");
    begins(() -> answers(later, "timing", "later")).awaitEnd("endEvent_tooEarly");
    assertThat(later.stage()).as("one whom nurturing goes on with").isEqualTo("LEAD");
  }

  @Test
  void points_that_come_while_an_unasked_answer_is_judged_begin_a_run_right_after() {
    Lead lead = aLead();
    long tooEarly = begunWith("qualification", "endEvent_tooEarly");
    Database.Lock judge;
    try (Database.HeldSignals held = ripen.database().holdSignals(lead.id())) {
      lead.does("Question Answered", Map.of("question", "need", "answer", "yes"));
      soon("the answer").until(() -> ripen.database().isRaised("bant.answered", lead.id()));
      scores(lead);
      soon("the points").until(() -> ripen.database().isRaised("score.crossed", lead.id()));
      judge = ripen.database().lockLeads();
    }
    try (judge) {
      soon("both with Zeebe").until(() -> ripen.database().pendingSignals() == 0);
    }
    lead.awaits(1, "email");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("MQL: enough points");
    assertThat(begunWith("qualification", "endEvent_tooEarly")).isEqualTo(tooEarly + 1);
  }

  @Test
  void who_has_been_back_and_answers_one_unasked_is_asked_for_the_rest_when_they_say_no_more() {
    Lead lead = aLead();
    hoursLater(1);
    lead.visits("/").settles();
    Instances.Instance run = waitsForMore(lead, "need", "yes");
    assertThat(lead.stage()).isEqualTo("LEAD");
    assertThat(lead.messages("email")).isEmpty();
    minutesLater(10);
    run.awaitPast("serviceTask_sendQuestions");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("MQL: came back and answered");
    Mail questions = lead.awaits(1, "email");
    lead.answers(questions, "budget", "yes");
    lead.settles();
    lead.answers(questions, "authority", "self");
    lead.settles();
    lead.answers(questions, "timing", "quarter");
    run.awaitPast("qualification");
    assertThat(lead.stage()).isEqualTo("SQL");
  }

  @Test
  void who_has_answered_and_comes_back_is_asked_and_so_is_who_has_come_back_and_answers() {
    Lead lead = aLead();
    answers(lead, "help", "yes");
    assertThat(lead.stage()).isEqualTo("LEAD");
    hoursLater(1);
    begins(() -> lead.visits("/")).awaitPast("serviceTask_sendQuestions");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("MQL: came back and answered");

    Lead other = aLead();
    hoursLater(1);
    other.visits("/").settles();
    answers(other, "topic", "prices");
    assertThat(other.stage()).as("what nurturing sends at once").isEqualTo("LEAD");
    begins(() -> answers(other, "material", "clay")).awaitPast("serviceTask_sendQuestions");
    assertThat(ripen.database().stages(other.id())).last().isEqualTo("MQL: came back and answered");
  }

  @Test
  void who_answers_all_four_before_the_questions_could_be_sent_is_ready_for_sales_at_once() {
    Lead lead = aLead();
    Instances.Instance run = waitsToBeAsked(lead);
    answers(lead, "need", "yes");
    run.awaitPast("boundaryEvent_answeredBefore");
    answers(lead, "budget", "yes");
    answers(lead, "authority", "self");
    answers(lead, "timing", "now");
    run.awaitPast("qualification");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("SQL: meets BANT");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_answers_one_before_the_questions_could_be_sent_is_asked_for_the_rest() {
    Lead lead = aLead();
    Instances.Instance run = waitsToBeAsked(lead);
    answers(lead, "need", "yes");
    run.awaitPast("catchEvent_answered").awaitAt("gateway_whatComesFirst");
    minutesLater(10);
    run.awaitPast("gateway_asked").awaitAt("serviceTask_sendQuestions");
    hoursLater(12);
    Mail questions = lead.awaits(1, "email");
    assertThat(questions.links())
        .filteredOn(link -> link.contains("/answer/"))
        .isNotEmpty()
        .noneMatch(link -> Mail.signed(link).contains("need="));
    run.awaitPast("serviceTask_sendQuestions");
    lead.answers(questions, "budget", "yes");
    lead.settles();
    lead.answers(questions, "authority", "self");
    lead.settles();
    lead.answers(questions, "timing", "now");
    run.awaitPast("qualification");
    assertThat(lead.stage()).isEqualTo("SQL");
  }

  @Test
  void one_no_ends_it_and_so_do_answers_that_do_not_fit() {
    Lead without = aLead();
    Instances.Instance run = begins(() -> scores(without)).awaitPast("serviceTask_sendQuestions");
    without.answers(without.awaits(1, "email"), "need", "no");
    run.awaitPast("qualification");
    assertThat(ripen.database().stages(without.id()))
        .last()
        .isEqualTo("NO_NEED: has no need of it");

    Lead unfit = aLead();
    run = begins(() -> scores(unfit)).awaitPast("serviceTask_sendQuestions");
    answers(unfit, "budget", "no");
    answers(unfit, "authority", "other");
    answers(unfit, "timing", "later");
    run.awaitPast("qualification");
    assertThat(ripen.database().stages(unfit.id()))
        .last()
        .isEqualTo("DISQUALIFIED: no budget, no say, no date");
    assertThat(Jsoup.parse(ripen.http().get("/leads/" + unfit.id()).body()).text())
        .contains("no budget, no say, no date");
  }

  @Test
  void who_is_not_ready_yet_is_not_asked_again_within_a_month_but_judged_by_what_they_say() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> scores(lead)).awaitPast("serviceTask_sendQuestions");
    answers(lead, "need", "yes");
    answers(lead, "budget", "unknown");
    answers(lead, "authority", "self");
    answers(lead, "timing", "later");
    run.awaitEnd("endEvent_nurture");
    assertThat(lead.stage()).isEqualTo("MQL");

    lead.does("Message Complained", Map.of()).does("Message Complained", Map.of()).settles();
    begins(() -> scores(lead, 60)).awaitEnd("endEvent_onceAMonthRefused");

    Mail questions = lead.awaits(1, "email");
    daysLater(8);
    begins(() -> lead.answers(questions, "timing", "now")).awaitPast("qualification");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("SQL: needs it now");
  }

  @Test
  void who_stays_silent_is_reminded_once_and_one_answer_later_is_not_asked_again() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> scores(lead)).awaitPast("serviceTask_sendQuestions");
    daysLater(3);
    run.awaitPast("serviceTask_sendReminder");
    lead.awaits(2, "email");
    daysLater(4);
    run.awaitEnd("endEvent_noAnswers");

    Instances.Instance another = waitsForMore(lead, "budget", "no");
    minutesLater(10);
    another.awaitEnd("endEvent_onceAMonthRefused");
    assertThat(lead.messages("email")).hasSize(2);
  }

  @Test
  void who_gathers_the_points_before_anybody_can_reach_them_is_asked_when_somebody_can() {
    Lead visitor = aVisitor().agreesTo("marketing", "email");
    visitor.does("Page Read", Map.of()).visits("/pricing").settles();
    assertThat(visitor.stage()).isEqualTo("VISITOR");

    List<Instances.Instance> nurtured = new ArrayList<>();
    Instances.Instance run =
        begins(() -> nurtured.add(begins("nurturing", visitor::identifies)))
            .awaitPast("serviceTask_sendQuestions");
    visitor.awaits(1, "email");
    nurtured.getFirst().awaitEnd("endEvent_becameMql");
    assertThat(ripen.database().stages(visitor.id()))
        .containsExactly("LEAD: left a way to reach them", "MQL: enough points");
    assertThat(run.isPast("startEvent_scoreCrossed")).isTrue();
  }

  @Test
  void who_does_not_take_marketing_is_asked_nothing() {
    Lead lead = aVisitor().identifies().settles();
    begins(() -> scores(lead)).awaitEnd("endEvent_sendQuestionsNotSent");
  }

  @Test
  void who_takes_it_back_meanwhile_is_not_reminded() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> scores(lead)).awaitPast("serviceTask_sendQuestions");
    lead.takesBack("marketing", "email").settles();
    daysLater(3);
    run.awaitPast("endEvent_sendReminderNotSent");
    daysLater(4);
    run.awaitEnd("endEvent_noAnswers");
  }

  @Test
  void what_is_decided_elsewhere_ends_it() {
    for (String stage : List.of("SQL", "NO_NEED", "DISQUALIFIED")) {
      Lead lead = aLead();
      Instances.Instance run = begins(() -> scores(lead)).awaitPast("serviceTask_sendQuestions");
      decides(lead, stage);
      run.awaitEnd(
          switch (stage) {
            case "SQL" -> "endEvent_becameSql";
            case "NO_NEED" -> "endEvent_becameNoNeed";
            default -> "endEvent_becameDisqualified";
          });
    }
    Lead buyer = aLead();
    Instances.Instance run = begins(() -> scores(buyer)).awaitPast("serviceTask_sendQuestions");
    buyer.buys();
    run.awaitEnd("endEvent_becameCustomer");
  }

  @Test
  void the_runs_own_decision_ends_it_before_its_signal_does() {
    Map<String, Map<String, String>> ends =
        Map.of(
            "endEvent_qualified",
            Map.of("need", "yes", "budget", "yes", "authority", "self", "timing", "now"),
            "endEvent_noNeed",
            Map.of("need", "no"),
            "endEvent_disqualified",
            Map.of("budget", "no", "authority", "other", "timing", "later"));
    ends.forEach(
        (end, answers) -> {
          Lead lead = aLead();
          Instances.Instance run = isAskedWhatIsKnown(lead, answers);
          try (Database.HeldSignals held = ripen.database().holdSignals(lead.id())) {
            zeebe.publish("answer.given", lead.id());
            run.awaitEnd(end);
          }
        });
  }

  @Test
  void a_stage_that_is_not_possible_any_more_is_left_as_it_is() {
    Lead lead = aLead();
    Instances.Instance run =
        isAskedWhatIsKnown(
            lead, Map.of("need", "yes", "budget", "yes", "authority", "self", "timing", "now"));
    try (Database.HeldSignals held = ripen.database().holdSignals(lead.id())) {
      decides(lead, "NO_NEED");
      soon("the decision").until(() -> lead.stage().equals("NO_NEED"));
      zeebe.publish("answer.given", lead.id());
      run.awaitEnd("endEvent_stageRefused");
    }
    assertThat(lead.stage()).isEqualTo("NO_NEED");
  }

  /** A run that waits for an answer, and would find these. */
  private Instances.Instance isAskedWhatIsKnown(Lead lead, Map<String, String> answers) {
    // By a salesperson: what leads answer themselves is judged at once.
    answers.forEach(
        (question, answer) ->
            lead.does(
                    "Question Answered",
                    Map.of("question", question, "answer", answer, "by", "anna"))
                .settles());
    // Zeebe keeps what was answered for ten minutes, for a run that begins a moment later.
    minutesLater(11);
    return begins(() -> scores(lead)).awaitAt("gateway_whatComesFirst");
  }

  /** A run whose questions have no room yet. */
  private Instances.Instance waitsToBeAsked(Lead lead) {
    ripen.database().pausesForHours(lead.id(), 12);
    return begins(() -> scores(lead)).awaitAt("serviceTask_sendQuestions");
  }

  /** The run that this answer begins, once it has gone on with the answer as the next one too. */
  private Instances.Instance waitsForMore(Lead lead, String question, String answer) {
    return begins(() -> answers(lead, question, answer))
        .awaitPast("catchEvent_answered")
        .awaitAt("gateway_whatComesFirst");
  }

  private static void answers(Lead lead, String question, String answer) {
    lead.does("Question Answered", Map.of("question", question, "answer", answer)).settles();
  }

  private void scores(Lead lead) {
    scores(lead, 35);
  }

  /** Gets enough points at once. */
  private void scores(Lead lead, int points) {
    ripen.tell("Points Added", lead.id(), Map.of("points", points, "reason", "for the test"));
  }
}
