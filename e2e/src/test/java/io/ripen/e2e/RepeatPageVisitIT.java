package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatPageVisitIT extends FlowPaths {

  private static final String PERSON = "contact-request";
  private static final String REQUESTED = "startEvent_helpRequested";

  RepeatPageVisitIT(LocalRipen ripen) {
    super("repeat-page-visit", ripen);
  }

  @Test
  void who_studies_a_page_is_offered_help_in_chat_and_a_person_answers() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> studies(visitor).sees("chat")).awaitPast("serviceTask_helpInChat");
    Mail offer = visitor.awaits(1, "chat");
    long requested = begunWith(PERSON, REQUESTED);
    Instances.Instance person = begins(PERSON, () -> visitor.answers(offer, "help", "yes"));
    run.awaitEnd("endEvent_helpRequested");
    person.awaitAt("userTask_answer");

    begins(() -> studies(visitor, "/other")).awaitEnd("endEvent_onceInTwoWeeksRefused");
    assertThat(begunWith(PERSON, REQUESTED)).isEqualTo(requested + 1);
  }

  @Test
  void a_yes_to_an_old_email_goes_to_a_person_and_a_no_to_nobody() {
    Lead lead = aLead().takesBack("marketing", "chat").takesBack("marketing", "popup").settles();
    Instances.Instance run = begins(() -> studies(lead)).awaitPast("serviceTask_helpByEmail");
    Mail offer = lead.awaits(1, "email");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");

    long requested = begunWith(PERSON, REQUESTED);
    lead.answers(offer, "help", "no");
    lead.settles();
    // Who follows several links at once is a program.
    minutesLater(1);
    begins(PERSON, () -> lead.answers(offer, "help", "yes")).awaitAt("userTask_answer");
    assertThat(begunWith(PERSON, REQUESTED)).isEqualTo(requested + 1);
  }

  @Test
  void who_asks_while_their_own_offer_waits_to_be_sent_gets_a_person_and_no_offer() {
    Lead lead = aLead().takesBack("marketing", "chat").takesBack("marketing", "popup").settles();
    ripen.database().pausesForHours(lead.id(), 12);
    Instances.Instance run = begins(() -> studies(lead)).awaitAt("serviceTask_helpByEmail");
    begins(PERSON, () -> saysYes(lead)).awaitAt("userTask_answer");
    run.awaitEnd("endEvent_helpRequested");

    hoursLater(13);
    lead.visits("/").settles();
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_turns_out_to_be_a_known_lead_wants_help_in_the_run_that_offered_it() {
    Lead known = aLead();
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> studies(visitor).sees("chat")).awaitPast("serviceTask_helpInChat");
    visitor.turnsOutToBe(known).settles();
    begins(PERSON, () -> saysYes(visitor)).awaitAt("userTask_answer");
    run.awaitEnd("endEvent_helpWanted");
  }

  @Test
  void a_reply_goes_to_a_person_too() {
    Lead visitor = aVisitor().takesBack("marketing", "chat").settles();
    Instances.Instance run =
        begins(() -> studies(visitor).sees("popup")).awaitPast("serviceTask_helpByPopup");
    Instances.Instance person =
        begins(PERSON, () -> visitor.does("Message Replied", Map.of("channel", "chat")));
    run.awaitEnd("endEvent_readByPerson");
    person.awaitAt("userTask_answer");
  }

  @Test
  void who_has_no_chat_and_no_popup_gets_an_email_and_may_decline() {
    Lead lead = aLead().takesBack("marketing", "chat").takesBack("marketing", "popup").settles();
    Instances.Instance run = begins(() -> studies(lead)).awaitPast("serviceTask_helpByEmail");
    lead.answers(lead.awaits(1, "email"), "help", "no");
    run.awaitEnd("endEvent_noHelpWanted");
  }

  @Test
  void who_has_left_in_the_meantime_sees_neither_chat_nor_popup_and_gets_an_email() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> studies(lead).isMeant("chat"));
    minutesLater(2);
    lead.isMeant("popup");
    minutesLater(2);
    run.awaitPast("serviceTask_helpByEmail");
    lead.answers(lead.awaits(1, "email"), "help", "no");
    run.awaitEnd("endEvent_noHelpWanted");
  }

  @Test
  void who_says_nothing_is_left_alone() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> studies(visitor).sees("chat")).awaitPast("serviceTask_helpInChat");
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
    Instances.Instance run =
        begins(() -> studies(visitor).sees("chat")).awaitPast("serviceTask_helpInChat");
    visitor.buys();
    run.awaitEnd("endEvent_purchaseMade");
  }

  private static void saysYes(Lead lead) {
    lead.does("Question Answered", Map.of("question", "help", "answer", "yes"));
  }

  private Lead studies(Lead lead) {
    return studies(lead, "/kettles");
  }

  /** Looks at a page in three visits. */
  private Lead studies(Lead lead, String page) {
    lead.visits(page).settles();
    hoursLater(1);
    lead.visits(page).settles();
    hoursLater(1);
    return lead.visits(page);
  }
}
