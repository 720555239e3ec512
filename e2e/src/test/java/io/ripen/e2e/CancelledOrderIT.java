package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CancelledOrderIT extends FlowPaths {

  /** The flow that has somebody call. */
  private static final String CALL = "contact-request";

  CancelledOrderIT(LocalRipen ripen) {
    super("cancelled-order", ripen);
  }

  @Test
  void who_found_it_too_dear_gets_an_offer() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> cancels(lead).sees("popup")).awaitPast("serviceTask_askWhy");
    lead.answers(lead.awaits(1, "popup"), "cancelReason", "price");
    run.awaitEnd("endEvent_offered");
    lead.awaits(1, "email");
  }

  @Test
  void a_person_calls_whom_the_delivery_was_too_slow_though_they_buy_something_else() {
    Lead lead = aLead().takesBack("marketing", "popup").settles();
    lead.takesBack("transactional", "popup").settles();
    Instances.Instance run = begins(() -> cancels(lead)).awaitPast("serviceTask_mailWhy");
    Mail why = lead.awaits(1, "email");
    daysLater(3);
    Instances.Instance call = begins(CALL, () -> lead.answers(why, "cancelReason", "delivery"));
    run.awaitEnd("endEvent_anotherReason");
    lead.buys().settles();
    call.awaitAt("userTask_call").completes("userTask_call");
    call.awaitEnd("endEvent_called");
  }

  @Test
  void who_has_left_before_the_popup_was_there_is_asked_by_email_and_may_take_some_days() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> cancels(lead).isMeant("popup"));
    minutesLater(2);
    run.awaitPast("serviceTask_mailWhy");
    assertThat(ripen.http().get("/api/leads/%s/why".formatted(lead.id())).body())
        .contains("Nobody saw it on the site within 2 minutes.");
    Mail why = lead.awaits(1, "email");
    daysLater(3);
    lead.answers(why, "cancelReason", "price");
    run.awaitEnd("endEvent_offered");
    lead.awaits(2, "email");
  }

  @Test
  void who_changed_their_mind_is_left_alone() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> cancels(lead).sees("popup")).awaitPast("serviceTask_askWhy");
    lead.answers(lead.awaits(1, "popup"), "cancelReason", "changedMind");
    run.awaitEnd("endEvent_anotherReason");
  }

  @Test
  void who_does_not_take_marketing_gets_no_offer() {
    Lead lead = aVisitor().identifies().settles();
    Instances.Instance run =
        begins(() -> cancels(lead).sees("popup")).awaitPast("serviceTask_askWhy");
    lead.answers(lead.awaits(1, "popup"), "cancelReason", "price");
    run.awaitEnd("endEvent_sendOfferNotSent");
  }

  @Test
  void who_says_nothing_is_left_alone_until_they_say_something() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> cancels(lead).sees("popup")).awaitPast("serviceTask_askWhy");
    daysLater(7);
    run.awaitEnd("endEvent_noAnswer");
    begins(CALL, () -> lead.answers(lead.awaits(1, "popup"), "cancelReason", "other"))
        .awaitAt("userTask_call");
  }

  @Test
  void who_orders_again_is_not_asked_any_more() {
    Lead lead = aLead();
    Instances.Instance run =
        begins(() -> cancels(lead).sees("popup")).awaitPast("serviceTask_askWhy");
    lead.buys();
    run.awaitEnd("endEvent_purchaseMade");
  }

  @Test
  void who_can_be_reached_in_no_way_is_left_alone() {
    Lead visitor =
        aVisitor().takesBack("marketing", "popup").takesBack("transactional", "popup").settles();
    begins(() -> cancels(visitor)).awaitEnd("endEvent_mailWhyNotSent");
  }

  /** Orders, and thinks better of it a minute later. */
  private Lead cancels(Lead lead) {
    String order = "order-" + UUID.randomUUID();
    lead.does("Order Completed", Map.of("order_id", order, "total", 40, "currency", "EUR"))
        .settles();
    ripen.advance(Duration.ofMinutes(1));
    return lead.visits("/orders").does("Order Cancelled", Map.of("order_id", order));
  }
}
