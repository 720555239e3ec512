package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ContactRequestIT extends FlowPaths {

  private static final String FLOW = "contact-request";
  private static final String RECEIVED = "startEvent_messageReceived";

  ContactRequestIT(LocalRipen ripen) {
    super(FLOW, ripen);
  }

  @Test
  void who_writes_is_answered_by_somebody_who_reads_it_in_the_inbox() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> writes(visitor, "Where is\nmy kettle?"));
    run.awaitAt("userTask_answer");

    Document task = task(visitor);
    assertThat(task.select("h1").text()).contains(visitor.name());
    assertThat(task.select("#written .lines").eachText())
        .singleElement()
        .asString()
        .contains("topic: order", "Where is my kettle?");
    assertThat(task.text()).contains(visitor.email(), "due");

    run.completes("userTask_answer");
    run.awaitEnd("endEvent_answered");
  }

  @Test
  void who_writes_again_meanwhile_is_answered_twice_by_one_run() {
    Lead visitor = aVisitor();
    long requested = begunWith(FLOW, "startEvent_contactRequested");
    Instances.Instance run = begins(() -> writes(visitor, "Where is my kettle?"));
    run.awaitAt("userTask_answer");
    writes(visitor, "And where is my mug?");
    run.awaitAt("userTask_answerAgain");
    run.completes("userTask_answer");
    run.awaitPast("endEvent_answered").completes("userTask_answerAgain");
    run.awaitEnd("endEvent_answeredAgain");

    begins(() -> writes(visitor, "Thank you!")).awaitAt("userTask_answer");
    assertThat(begunWith(FLOW, "startEvent_contactRequested")).isEqualTo(requested + 2);
  }

  @Test
  void who_wants_help_is_one_task_however_often_they_say_so() {
    Lead visitor = aVisitor();
    long requested = begunWith(FLOW, "startEvent_helpRequested");
    Instances.Instance run = begins(() -> wantsHelp(visitor)).awaitAt("userTask_answer");
    wantsHelp(visitor);
    visitor.settles();
    run.completes("userTask_answer");
    run.awaitEnd("endEvent_answered");

    begins(() -> wantsHelp(visitor)).awaitAt("userTask_answer");
    assertThat(begunWith(FLOW, "startEvent_helpRequested")).isEqualTo(requested + 2);
  }

  @Test
  void each_text_that_somebody_writes_is_read_and_none_that_programs_answer() {
    Lead lead = aVisitor().identifies().hasPhone().settles();
    long received = begunWith(FLOW, RECEIVED);
    for (String word : List.of("HELP", "START", "STOP", "start")) {
      lead.writes(word);
    }
    Instances.Instance one = begins(() -> lead.writes("Where is my kettle?"));
    one.awaitAt("userTask_answer");
    Document task = task(lead);
    assertThat(task.select("#written .lines").eachText()).containsExactly("Where is my kettle?");
    assertThat(task.select("#written").text()).contains("Wrote by sms");
    assertThat(task.select(".timeline").text()).contains("Where is my kettle?");

    Instances.Instance other = begins(() -> lead.writes("And where is my mug?"));
    other.awaitAt("userTask_answer");
    one.completes("userTask_answer");
    one.awaitEnd("endEvent_answered");
    other.completes("userTask_answer");
    other.awaitEnd("endEvent_answered");
    soon("an empty inbox").until(() -> ripen.database().openTaskOf(lead.id()) == null);
    assertThat(begunWith(FLOW, RECEIVED)).isEqualTo(received + 2);
  }

  @Test
  void lines_of_a_chat_that_nobody_has_taken_over_are_one_task() {
    Lead visitor = aVisitor();
    long requested = begunWith(FLOW, "startEvent_helpRequested");
    Instances.Instance run = begins(() -> chats(visitor)).awaitAt("userTask_answer");
    chats(visitor);
    visitor.settles();
    run.completes("userTask_answer");
    run.awaitEnd("endEvent_answered");
    assertThat(begunWith(FLOW, "startEvent_helpRequested")).isEqualTo(requested + 1);
  }

  @Test
  void an_answer_that_calls_for_a_person_is_one_task_for_each_question() {
    Lead lead = aVisitor().identifies().settles();
    long needed = begunWith(FLOW, "startEvent_callNeeded");
    Instances.Instance unhappy = begins(() -> says(lead, "happy", "no")).awaitAt("userTask_call");
    assertThat(task(lead).text()).contains("Call about their answer", "happy: no");
    says(lead, "happy", "no");
    says(lead, "cancelReason", "changedMind");
    lead.settles();
    Instances.Instance cancelled = begins(() -> says(lead, "cancelReason", "other"));
    cancelled.awaitAt("userTask_call");
    decides(lead, "DISQUALIFIED");

    unhappy.completes("userTask_call");
    unhappy.awaitEnd("endEvent_called");
    cancelled.completes("userTask_call");
    cancelled.awaitEnd("endEvent_called");
    assertThat(begunWith(FLOW, "startEvent_callNeeded")).isEqualTo(needed + 2);
  }

  @Test
  void what_they_wrote_is_read_though_they_are_disqualified_meanwhile() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> writes(visitor, "Not now, but which one is it?"));
    run.awaitAt("userTask_answer");
    decides(visitor, "DISQUALIFIED");
    visitor.settles();
    assertThat(task(visitor).select("#written").text()).contains("Not now, but which one is it?");
    run.completes("userTask_answer");
    run.awaitEnd("endEvent_answered");
  }

  private static void writes(Lead visitor, String message) {
    visitor.fillsIn(
        "contact", Map.of("firstName", visitor.name(), "topic", "order", "message", message));
  }

  private static void chats(Lead visitor) {
    visitor.does("Message Replied", Map.of("channel", "chat", "text", "Is it blue?"));
  }

  private static void wantsHelp(Lead visitor) {
    says(visitor, "help", "yes");
  }

  private static void says(Lead visitor, String question, String answer) {
    visitor.does("Question Answered", Map.of("question", question, "answer", answer));
  }

  /** The page of the lead's task in the inbox. */
  private Document task(Lead lead) {
    long key = soon("the task").until(() -> ripen.database().openTaskOf(lead.id()), k -> k != null);
    return Jsoup.parse(ripen.http().get("/sales/" + key).body());
  }
}
