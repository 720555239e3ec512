package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowsedProductIT extends FlowPaths {

  BrowsedProductIT(LocalRipen ripen) {
    super("browsed-product", ripen);
  }

  @Test
  void who_looked_at_a_product_hears_of_it_two_hours_later_and_not_again_within_a_week() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> looksAt(lead)).awaitAt("waitEvent_twoHours");
    hoursLater(2);
    run.awaitEnd("endEvent_advantagesSent");
    assertThat(lead.awaits(1, "email").text()).contains("Moon Vase");

    begins(() -> looksAt(lead)).awaitEnd("endEvent_onceAWeekRefused");
    daysLater(7);
    begins(() -> looksAt(lead)).awaitAt("waitEvent_twoHours");
  }

  @Test
  void who_buys_meanwhile_hears_nothing() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> looksAt(lead)).awaitAt("waitEvent_twoHours");
    lead.buys();
    run.awaitEnd("endEvent_purchaseMade");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_agreed_to_nothing_hears_nothing() {
    Lead visitor = aVisitor().identifies().settles();
    Instances.Instance run = begins(() -> looksAt(visitor)).awaitAt("waitEvent_twoHours");
    hoursLater(2);
    run.awaitEnd("endEvent_sendAdvantagesNotSent");
  }

  private static void looksAt(Lead lead) {
    lead.does(
        "Product Viewed",
        Map.of("product_id", "vase", "name", "Moon Vase", "price", 48, "currency", "EUR"));
  }
}
