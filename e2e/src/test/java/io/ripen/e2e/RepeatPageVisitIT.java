package io.ripen.e2e;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatPageVisitIT extends FlowPaths {

  RepeatPageVisitIT(LocalRipen ripen) {
    super("repeat-page-visit", ripen);
  }

  @Test
  void who_studies_a_page_is_offered_help_in_chat_and_a_person_answers() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> studies(visitor)).awaitPast("serviceTask_helpInChat");
    visitor.answers(visitor.awaits(1, "chat"), "help", "yes");
    run.awaitAt("userTask_answerVisitor").completes("userTask_answerVisitor");
    run.awaitEnd("endEvent_helped");

    begins(() -> studies(visitor, "/other")).awaitEnd("endEvent_onceInTwoWeeksRefused");
  }

  @Test
  void a_reply_goes_to_a_person_too() {
    Lead visitor = aVisitor().takesBack("marketing", "chat").settles();
    Instances.Instance run = begins(() -> studies(visitor)).awaitPast("serviceTask_helpByPopup");
    visitor.does("Message Replied", Map.of());
    run.awaitAt("userTask_answerVisitor").completes("userTask_answerVisitor");
    run.awaitEnd("endEvent_helped");
  }

  @Test
  void who_has_no_chat_and_no_popup_gets_an_email_and_may_decline() {
    Lead lead = aLead().takesBack("marketing", "chat").takesBack("marketing", "popup").settles();
    Instances.Instance run = begins(() -> studies(lead)).awaitPast("serviceTask_helpByEmail");
    lead.answers(lead.awaits(1, "email"), "help", "no");
    run.awaitEnd("endEvent_noHelpWanted");
  }

  @Test
  void who_says_nothing_is_left_alone() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> studies(visitor)).awaitPast("serviceTask_helpInChat");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");
  }

  @Test
  void who_can_be_reached_in_no_way_is_left_alone() {
    Lead visitor =
        aVisitor().takesBack("marketing", "chat").takesBack("marketing", "popup").settles();
    begins(() -> studies(visitor)).awaitEnd("endEvent_helpByEmailNotSent");
  }

  @Test
  void who_buys_needs_no_help() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> studies(visitor)).awaitPast("serviceTask_helpInChat");
    visitor.buys();
    run.awaitEnd("endEvent_purchaseMade");
  }

  private void studies(Lead lead) {
    studies(lead, "/kettles");
  }

  /** Looks at a page in three visits. */
  private void studies(Lead lead, String page) {
    lead.visits(page).settles();
    hoursLater(1);
    lead.visits(page).settles();
    hoursLater(1);
    lead.visits(page);
  }
}
