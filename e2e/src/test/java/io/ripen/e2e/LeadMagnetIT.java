package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadMagnetIT extends FlowPaths {

  LeadMagnetIT(LocalRipen ripen) {
    super("lead-magnet", ripen);
  }

  @Test
  void who_asks_for_the_file_gets_it_and_what_suits_a_yes() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> asks(lead)).awaitPast("serviceTask_deliver");
    Mail delivery = lead.awaits(1, "email");
    HttpResponse<String> file = ripen.http().get(lead.link(delivery, "/download/", "tea-guide"));
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(file.body()).startsWith("%PDF");

    lead.answers(delivery, "current", "yes");
    run.awaitEnd("endEvent_nextStepSent");
    lead.awaits(2, "email");
  }

  @Test
  void who_asks_again_gets_it_again_and_is_still_asked() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> asks(lead)).awaitPast("serviceTask_deliver");
    Mail first = lead.awaits(1, "email");
    asks(lead);
    run.awaitPast("serviceTask_deliverAgain");
    lead.link(lead.awaits(2, "email"), "/download/", "tea-guide");

    lead.bounces();
    asks(lead);
    run.awaitPast("boundaryEvent_deliverAgainNotSent");
    lead.answers(first, "current", "yes");
    run.awaitEnd("endEvent_sendNextStepNotSent");
  }

  @Test
  void who_sends_the_form_gets_the_file() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> visitor.fillsIn("lead-magnet", Map.of("firstName", "Zsófia")))
            .awaitPast("serviceTask_deliver");
    visitor.link(visitor.awaits(1, "email"), "/download/", "tea-guide");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");
  }

  @Test
  void a_no_leads_to_something_to_read() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> asks(lead)).awaitPast("serviceTask_deliver");
    lead.answers(lead.awaits(1, "email"), "current", "no");
    run.awaitEnd("endEvent_moreReadingSent");
  }

  @Test
  void who_wants_the_file_and_no_marketing_gets_the_file() {
    Lead yes = aVisitor().identifies().settles();
    Instances.Instance run = begins(() -> asks(yes)).awaitPast("serviceTask_deliver");
    yes.answers(yes.awaits(1, "email"), "current", "yes");
    run.awaitEnd("endEvent_sendNextStepNotSent");

    Lead no = aVisitor().identifies().settles();
    run = begins(() -> asks(no)).awaitPast("serviceTask_deliver");
    no.answers(no.awaits(1, "email"), "current", "no");
    run.awaitEnd("endEvent_sendMoreReadingNotSent");
  }

  @Test
  void who_says_nothing_is_left_alone() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> asks(lead)).awaitPast("serviceTask_deliver");
    daysLater(3);
    run.awaitEnd("endEvent_noAnswer");
  }

  @Test
  void who_left_no_address_gets_nothing() {
    Lead visitor = aVisitor();
    begins(() -> asks(visitor)).awaitEnd("endEvent_deliverNotSent");
  }

  @Test
  void who_takes_the_consent_back_is_left_alone() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> asks(lead)).awaitPast("serviceTask_deliver");
    lead.takesBack("marketing", "email");
    run.awaitEnd("endEvent_marketingWithdrawn");
  }

  private static void asks(Lead lead) {
    lead.does("Lead Magnet Requested", Map.of("magnet", "tea-guide"));
  }
}
