package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ContactRequestIT extends FlowPaths {

  private static final String FLOW = "contact-request";

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
  void whoever_turns_out_to_be_no_lead_needs_no_answer() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> writes(visitor, "Buy my watches"));
    run.awaitAt("userTask_answer");
    decides(visitor, "DISQUALIFIED");
    run.awaitEnd("endEvent_becameDisqualified");
  }

  private static void writes(Lead visitor, String message) {
    visitor.fillsIn(
        "contact", Map.of("firstName", visitor.name(), "topic", "order", "message", message));
  }

  private static void wantsHelp(Lead visitor) {
    visitor.does("Question Answered", Map.of("question", "help", "answer", "yes"));
  }

  /** The page of the lead's task in the inbox. */
  private Document task(Lead lead) {
    long key = soon("the task").until(() -> ripen.database().openTaskOf(lead.id()), k -> k != null);
    return Jsoup.parse(ripen.http().get("/sales/" + key).body());
  }
}
