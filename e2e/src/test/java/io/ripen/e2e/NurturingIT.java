package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NurturingIT extends FlowPaths {

  NurturingIT(LocalRipen ripen) {
    super("nurturing", ripen);
  }

  @Test
  void a_lead_who_answers_hears_of_what_interests_them_for_weeks() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    daysLater(3);
    run.awaitAt("waitEvent_week");
    lead.awaits(1, "email");
    daysLater(7);
    run.awaitPast("serviceTask_askTopic");
    lead.answers(lead.awaits(2, "email"), "topic", "prices");
    run.awaitAt("waitEvent_anotherWeek").awaitPast("serviceTask_sendPrices");
    daysLater(7);
    run.awaitAt("waitEvent_twoWeeks");
    lead.awaits(4, "email");
    daysLater(14);
    run.awaitEnd("endEvent_over");
  }

  @Test
  void one_who_then_comes_back_got_what_they_chose_and_is_asked_for_more_by_another_flow() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    toTheTopic(lead, run, "features");
    lead.awaits(3, "email");
    assertThat(lead.stage()).isEqualTo("LEAD");
    // A day has room for three e-mails, and the visit brings one of its own.
    daysLater(2);
    lead.visits("/");
    run.awaitEnd("endEvent_becameMql");
    assertThat(ripen.database().stages(lead.id())).last().isEqualTo("MQL: came back and answered");
    lead.meets("qualification").awaits(1, "email");
  }

  @Test
  void of_many_leads_half_are_invited_to_each_event_and_who_buys_is_counted() {
    Set<String> invited = new HashSet<>();
    for (int i = 0; invited.size() < 2 && i < 20; i++) {
      Lead lead = aVisitor();
      Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
      toTheTopic(lead, run, i % 2 == 0 ? "features" : "examples");
      daysLater(7);
      run.awaitAt("waitEvent_twoWeeks");
      invited.add(run.isPast("serviceTask_inviteWebinar") ? "webinar" : "event");
      lead.buys();
      run.awaitEnd("endEvent_becameCustomer");
    }
    assertThat(invited).hasSize(2);
    daysLater(30);
    JsonNode split = Http.json(ripen.http().get("/api/flows/nurturing/splits")).get(0);
    assertThat(split.path("step").asString()).isEqualTo("Split A and B");
    assertThat(split.path("variants"))
        .hasSize(2)
        .allSatisfy(variant -> assertThat(variant.path("reached").asInt()).isPositive());
  }

  @Test
  void who_stays_silent_is_asked_once_more_and_left_alone() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    daysLater(3);
    run.awaitAt("waitEvent_week");
    daysLater(7);
    run.awaitPast("serviceTask_askTopic");
    daysLater(7);
    run.awaitAt("waitEvent_anotherWeek").awaitPast("serviceTask_sendExamples");
    daysLater(7);
    run.awaitAt("gateway_whatComesNow");
    daysLater(7);
    run.awaitEnd("endEvent_silent");
  }

  @Test
  void who_says_that_they_are_still_there_is_nurtured_on() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    isAskedWhetherStillThere(run);
    lead.answers(lead.awaits(4, "email"), "stillThere", "yes");
    run.awaitAt("waitEvent_twoWeeks");
    lead.awaits(5, "email");
    assertThat(lead.stage()).isEqualTo("LEAD");
    daysLater(14);
    run.awaitEnd("endEvent_over");
  }

  @Test
  void who_answers_another_question_meanwhile_is_not_invited_by_that() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    isAskedWhetherStillThere(run);
    lead.awaits(4, "email");
    // A visit of who has answered would make an MQL.
    lead.visits("/").settles();
    lead.does("Question Answered", Map.of("question", "topic", "answer", "prices")).settles();
    lead.does("Question Answered", Map.of("question", "stillThere", "answer", "no")).settles();
    lead.does("Question Answered", Map.of("question", "need", "answer", "no"));
    run.awaitEnd("endEvent_becameNoNeed");
    assertThat(run.isPast("catchEvent_stillThere")).isFalse();
    assertThat(lead.messages("email")).hasSize(4);
  }

  @Test
  void who_agreed_to_nothing_goes_through_without_a_message() {
    for (String topic : List.of("prices", "features", "examples")) {
      Set<String> invited = new HashSet<>();
      for (int i = 0; i < (topic.equals("prices") ? 20 : 1) && invited.size() < 2; i++) {
        Lead lead = aVisitor();
        Instances.Instance run = begins(lead::identifies).awaitAt("waitEvent_threeDays");
        lead.does("Question Answered", Map.of("question", "topic", "answer", topic)).settles();
        daysLater(3);
        run.awaitAt("waitEvent_week");
        daysLater(7);
        run.awaitAt("waitEvent_anotherWeek");
        daysLater(7);
        run.awaitAt("waitEvent_twoWeeks");
        invited.add(run.isPast("boundaryEvent_inviteWebinarNotSent") ? "webinar" : "event");
        assertThat(lead.messages("email")).isEmpty();
        lead.buys();
        run.awaitEnd("endEvent_becameCustomer");
      }
    }
    Lead silent = aVisitor();
    Instances.Instance run = begins(silent::identifies).awaitAt("waitEvent_threeDays");
    daysLater(3);
    run.awaitAt("waitEvent_week");
    daysLater(7);
    run.awaitAt("waitEvent_anotherWeek");
    daysLater(25);
    run.awaitEnd("endEvent_askStillThereNotSent");
  }

  @Test
  void whatever_a_lead_becomes_ends_it() {
    for (String stage : List.of("MQL", "SQL", "NO_NEED", "DISQUALIFIED")) {
      Lead lead = aVisitor();
      Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
      decides(lead, stage);
      run.awaitEnd(
          switch (stage) {
            case "MQL" -> "endEvent_becameMql";
            case "SQL" -> "endEvent_becameSql";
            case "NO_NEED" -> "endEvent_becameNoNeed";
            default -> "endEvent_becameDisqualified";
          });
    }
  }

  @Test
  void who_unsubscribes_is_left_alone_and_one_from_sales_is_not_nurtured_twice_a_week() {
    Lead lead = aVisitor();
    Instances.Instance run = begins(lead::whoMayBeWrittenTo).awaitAt("waitEvent_threeDays");
    lead.takesBack("marketing", "email");
    run.awaitEnd("endEvent_marketingWithdrawn");

    decides(lead, "SALES");
    begins(() -> decides(lead, "LEAD")).awaitEnd("endEvent_onceAWeekRefused");
  }

  /** Keeps away, and hears of examples meanwhile. */
  private void isAskedWhetherStillThere(Instances.Instance run) {
    daysLater(3);
    run.awaitAt("waitEvent_week");
    daysLater(7);
    run.awaitPast("serviceTask_askTopic");
    daysLater(7);
    run.awaitAt("waitEvent_anotherWeek");
    daysLater(7);
    run.awaitAt("gateway_whatComesNow");
  }

  private void toTheTopic(Lead lead, Instances.Instance run, String topic) {
    daysLater(3);
    run.awaitAt("waitEvent_week");
    daysLater(7);
    run.awaitPast("serviceTask_askTopic");
    lead.answers(lead.awaits(2, "email"), "topic", topic);
    run.awaitAt("waitEvent_anotherWeek");
  }
}
