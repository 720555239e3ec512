package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CartPathsIT extends FlowPaths {

  private static final String HOUR = "gateway_whatComesFirst";
  private static final String DAY = "gateway_whatComesNext";
  private static final String ANOTHER_DAY = "gateway_whatComesThen";

  CartPathsIT(LocalRipen ripen) {
    super("abandoned-cart", ripen);
  }

  @Test
  void who_takes_texts_is_reminded_by_mail_by_text_and_by_a_last_mail() {
    Lead lead = takesTexts();
    Instances.Instance run = begins(() -> fills(lead)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitAt(DAY);
    lead.awaits(1, "email");
    daysLater(1);
    run.awaitAt(ANOTHER_DAY);
    lead.awaitsText(2);
    daysLater(1);
    run.awaitEnd("endEvent_reminded");
    assertThat(lead.awaits(2, "email").text())
        .containsAnyOf("Our offer: ", "Az ajánlatunk: ", "Наше предложение: ");
  }

  @Test
  void a_change_starts_the_quiet_hour_anew_and_only_mails_go_to_whom_no_other_channel_reaches() {
    Lead lead = aLead();
    String cart = aCart();
    Instances.Instance run = begins(() -> fills(lead, cart)).awaitAt(HOUR);
    fills(lead, cart);
    run.awaitPast("catchEvent_cartUpdatedAgain");
    hoursLater(1);
    run.awaitAt(DAY);
    daysLater(1);
    run.awaitEnd("endEvent_reminded");
    lead.awaits(2, "email");
  }

  @Test
  void who_goes_on_shopping_after_a_reminder_is_left_alone_for_a_day_from_then_on() {
    Lead lead = takesTexts();
    String cart = aCart();
    Instances.Instance run = begins(() -> fills(lead, cart)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitAt(DAY);
    hoursLater(23);
    fills(lead, cart);
    run.awaitPast("catchEvent_changedAfterReminder").awaitAt(DAY);
    hoursLater(2);
    assertThat(lead.why("nudge")).as("a day after the reminder").isEmpty();
    hoursLater(22);
    run.awaitAt(ANOTHER_DAY);
    lead.awaitsText(2);

    hoursLater(23);
    fills(lead, cart);
    run.awaitPast("catchEvent_changedAfterNudge").awaitAt(ANOTHER_DAY);
    hoursLater(2);
    assertThat(lead.why("last-offer")).as("a day after the nudge").isEmpty();
    hoursLater(22);
    run.awaitEnd("endEvent_reminded");
    lead.awaits(2, "email");
  }

  @Test
  void who_takes_no_marketing_gets_no_reminder() {
    Lead lead = aVisitor().identifies().settles();
    Instances.Instance run = begins(() -> fills(lead)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitEnd("endEvent_reminderNotSent");
  }

  @Test
  void who_takes_texts_alone_is_reminded_by_text() {
    Lead lead = takesTextsAlone();
    Instances.Instance run = begins(() -> fills(lead)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitAt(DAY);
    daysLater(1);
    run.awaitAt(ANOTHER_DAY);
    lead.awaitsText(2);
    daysLater(1);
    run.awaitEnd("endEvent_lastOfferNotSent");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_takes_texts_alone_and_buys_before_it_comes_gets_none() {
    Lead lead = takesTextsAlone();
    String cart = aCart();
    Instances.Instance run = begins(() -> fills(lead, cart)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitAt(DAY);
    lead.does(
        "Order Completed",
        Map.of("order_id", "order-" + cart, "cart_id", cart, "total", 79, "currency", "EUR"));
    run.awaitEnd("endEvent_bought");
  }

  @Test
  void who_takes_it_back_after_the_first_gets_no_last_one() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> fills(lead)).awaitAt(HOUR);
    hoursLater(1);
    run.awaitAt(DAY);
    lead.takesBack("marketing", "email").settles();
    daysLater(1);
    run.awaitEnd("endEvent_lastOfferNotSent");
  }

  @Test
  void who_buys_or_empties_the_cart_is_reminded_of_nothing() {
    Lead buyer = aLead();
    String cart = aCart();
    Instances.Instance run = begins(() -> fills(buyer, cart)).awaitAt(HOUR);
    buyer.does(
        "Order Completed",
        Map.of("order_id", "order-" + cart, "cart_id", cart, "total", 79, "currency", "EUR"));
    run.awaitEnd("endEvent_bought");

    Lead other = aLead();
    String left = aCart();
    run = begins(() -> fills(other, left)).awaitAt(HOUR);
    other.does("Product Removed", inCart(left));
    run.awaitEnd("endEvent_cartEmptied");
  }

  @Test
  void of_who_buys_while_the_reminder_waits_nobody_says_that_it_waits_yet() {
    Lead lead = aLead();
    String cart = aCart();
    Instances.Instance run = begins(() -> fills(lead, cart)).awaitAt(HOUR);
    ripen.database().pausesForHours(lead.id(), 12);
    hoursLater(1);
    soon("a reminder that waits")
        .until(() -> lead.why("reminder"), why -> why.startsWith("Waits until "));

    lead.does(
        "Order Completed",
        Map.of("order_id", "order-" + cart, "cart_id", cart, "total", 79, "currency", "EUR"));
    run.awaitEnd("endEvent_bought");
    soon("the ledger's word")
        .untilAsserted(
            () ->
                assertThat(lead.why("reminder"))
                    .startsWith(
                        "Not sent: The flow ended first. It had waited for this: The lead asked for a pause until "));
  }

  private Lead takesTexts() {
    return agreesToTexts(aLead());
  }

  private Lead takesTextsAlone() {
    return agreesToTexts(aVisitor());
  }

  private static Lead agreesToTexts(Lead lead) {
    lead.asksForTexts();
    lead.confirmsText(lead.awaitsText(1));
    return lead.settles();
  }

  private static String aCart() {
    return "cart-" + UUID.randomUUID();
  }

  private static void fills(Lead lead) {
    fills(lead, aCart());
  }

  private static void fills(Lead lead, String cart) {
    lead.does("Product Added", inCart(cart));
  }

  private static Map<String, Object> inCart(String cart) {
    Map<String, Object> properties = new HashMap<>(Product.KETTLE.properties(1));
    properties.put("cart_id", cart);
    return properties;
  }
}
