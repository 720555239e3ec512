package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.added;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.removed;
import static io.ripen.engine.leads.Happening.track;
import static io.ripen.engine.leads.Happening.viewed;
import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CartsIT {

  private final Intake intake = new Intake(TestDatabase.migrated());

  @Test
  void products_are_added_counted_and_taken_out() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        added("c1", "mug", 2).by("a").minute(1),
        added("c1", "pot", 1).by("a").minute(2),
        removed("c1", "mug", 1).by("a").minute(3));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c1 mug=2,pot=1");
    assertThat(intake.shopSignals()).hasSize(4).containsOnly("cart.updated");
  }

  @Test
  void an_emptied_cart_ends_and_the_next_product_opens_another() {
    intake.take(
        added("", "mug", 1).by("a").minute(0),
        removed("", "mug", 1).by("a").minute(1),
        added("", "pot", 1).by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("emptied", "open pot=1");
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "cart.emptied", "cart.updated");
    assertThat(keys()).as("each filling has a key of its own").hasSize(2);
  }

  @Test
  void a_look_at_the_cart_is_no_change_but_other_content_is() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        viewed("c1", "mug").by("a").minute(1),
        viewed("c1", "mug", "pot").by("a").minute(2),
        track("Checkout Started").by("a").minute(3),
        viewed("c1").by("a").minute(4));
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "cart.updated", "cart.emptied");
  }

  @Test
  void an_order_ends_the_cart_that_it_names() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        added("c2", "pot", 1).by("a").minute(1),
        ordered("o1", "mug").with("cart_id", "c1").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a")))
        .containsExactly("ordered c1 mug=1", "open c2 pot=1");
    assertThat(lastSignal())
        .containsEntry("name", "order.placed")
        .containsEntry("correlation_key", cart("c1").toString());
  }

  @Test
  void an_order_that_names_no_cart_ends_the_one_that_it_shares_most_with() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        added("c2", "pot", 1).by("a").minute(1),
        ordered("o1", "mug").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a")))
        .containsExactly("ordered c1 mug=1", "open c2 pot=1");
  }

  @Test
  void an_order_without_cart_is_correlated_by_itself() {
    intake.take(ordered("o1", "mug").by("a"));
    UUID order = intake.jdbc.sql("select id from customer_order").query(UUID.class).single();
    assertThat(lastSignal())
        .containsEntry("name", "order.placed")
        .containsEntry("correlation_key", order.toString());
  }

  @Test
  void an_order_that_is_reported_twice_is_one() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        ordered("o1", "mug").by("a").minute(1),
        added("c1", "pot", 1).by("a").minute(2),
        ordered("o1", "mug").by("a").minute(3));
    assertThat(intake.carts(intake.visitor("a")))
        .as("the thanks page was looked at again")
        .containsExactly("ordered c1 mug=1", "open c1 pot=1");
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "order.placed", "cart.updated");
  }

  @Test
  void an_order_that_the_shop_reported_first_ends_the_browsers_cart_all_the_same() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0), ordered("o1", "mug").user("anna").minute(1));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c1 mug=1");
    intake.take(ordered("o1", "mug").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("ordered c1 mug=1");
    assertThat(intake.count("customer_order")).isEqualTo(1);
    assertThat(lastSignal()).containsEntry("correlation_key", cart("c1").toString());
  }

  @Test
  void who_bought_under_another_id_has_no_open_cart_once_both_are_one() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        ordered("o1", "mug").user("anna").minute(2),
        identify("anna").by("a").minute(3));
    assertThat(intake.carts(intake.user("anna"))).containsExactly("ordered c1 mug=1");
    assertThat(order("o1")).containsEntry("cart_id", cart("c1"));
    assertThat(lastSignal())
        .containsEntry("name", "order.placed")
        .containsEntry("correlation_key", cart("c1").toString());
  }

  @Test
  void who_bought_under_another_id_has_none_when_all_comes_in_one_batch_either() {
    intake.take(
        added("", "mug", 1).by("a").minute(0),
        ordered("o1", "mug").user("anna").minute(2),
        identify("anna").by("a").minute(3),
        added("", "pot", 1).by("a").minute(4));
    assertThat(intake.carts(intake.user("anna"))).containsExactly("ordered mug=1", "open pot=1");
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "order.placed", "order.placed", "cart.updated");
  }

  @Test
  void an_order_that_tells_no_products_ends_the_newest_cart_once_both_are_one() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        added("c2", "pot", 1).by("a").minute(1),
        ordered("o1").user("anna").minute(2),
        identify("anna").by("a").minute(3));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("open c1 mug=1", "ordered c2 pot=1");
  }

  @Test
  void an_order_of_other_things_or_before_the_cart_ends_none_when_both_are_one() {
    intake.takeOneByOne(
        ordered("before", "mug").user("anna").minute(0),
        added("c1", "mug", 1).by("a").minute(1),
        ordered("other", "pot").user("anna").minute(2),
        ordered("elsewhere", "mug").with("cart_id", "c9").user("anna").minute(3),
        ordered("cancelled", "mug").user("anna").minute(4),
        track("Order Cancelled").with("order_id", "cancelled").user("anna").minute(5),
        identify("anna").by("a").minute(6));
    assertThat(intake.carts(intake.user("anna"))).containsExactly("open c1 mug=1");
  }

  @Test
  void an_order_without_site_ends_the_browsers_cart() {
    intake.takeOneByOne(
        identify("anna").by("a").minute(0),
        added("c1", "mug", 1).by("a").minute(1),
        added("c2", "pot", 1).by("a").minute(2),
        ordered("o1", "mug").site("").user("anna").minute(3));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("ordered c1 mug=1", "open c2 pot=1");
    assertThat(lastSignal())
        .containsEntry("name", "order.placed")
        .containsEntry("correlation_key", cart("c1").toString());
  }

  @Test
  void an_order_of_another_source_ends_the_cart_that_it_names_and_no_other() {
    intake.takeOneByOne(
        identify("anna").by("a").minute(0),
        added("c1", "mug", 1).by("a").minute(1),
        added("c2", "pot", 1).by("a").minute(2),
        ordered("o1").site("backend").with("cart_id", "c1").user("anna").minute(3),
        ordered("o2", "spoon").site("backend").user("anna").minute(4));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("ordered c1 mug=1", "open c2 pot=1");
  }

  @Test
  void of_two_sites_carts_the_order_ends_its_own_sites() {
    intake.takeOneByOne(
        identify("anna").by("a").minute(0),
        added("here", "spoon", 1).by("a").minute(1),
        added("there", "mug", 1).site("outlet").by("a").minute(2),
        ordered("o1", "mug").by("a").minute(3));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("ordered here spoon=1", "open there mug=1");
  }

  @Test
  void a_product_that_another_source_told_the_purchase_of_before_opens_no_cart() {
    intake.takeOneByOne(
        identify("anna").by("a").minute(0),
        ordered("o1", "mug").site("backend").user("anna").minute(5),
        added("c1", "mug", 1).by("a").minute(1),
        added("c2", "pot", 1).by("a").minute(2));
    assertThat(intake.carts(intake.user("anna"))).containsExactly("open c2 pot=1");
  }

  @Test
  void a_product_that_is_told_of_after_the_purchase_opens_no_cart() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").minute(0),
        ordered("o1", "mug", "pot").with("cart_id", "c1").by("a").minute(5),
        added("c1", "pot", 1).by("a").minute(1),
        viewed("c1", "mug", "pot").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("ordered c1 mug=1");
  }

  @Test
  void a_product_that_is_told_of_after_a_purchase_without_cart_opens_none_either() {
    intake.takeOneByOne(
        ordered("o1", "mug").by("a").minute(5), added("", "mug", 1).by("a").minute(1));
    assertThat(intake.carts(intake.visitor("a"))).isEmpty();
  }

  @Test
  void another_cart_than_the_one_that_was_bought_is_open_however_late_it_is_told() {
    intake.takeOneByOne(
        ordered("o1", "mug").with("cart_id", "c1").by("a").minute(5),
        added("c2", "pot", 1).by("a").minute(1));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c2 pot=1");
  }

  @Test
  void a_cart_of_that_name_that_was_bought_in_another_browser_is_open_in_none() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("laptop").minute(0),
        added("c1", "mug", 1).by("phone").minute(1),
        ordered("o1", "mug").with("cart_id", "c1").by("phone").minute(2),
        identify("anna").by("phone").minute(3),
        identify("anna").by("laptop").minute(4));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("emptied c1 mug=1", "ordered c1 mug=1");
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "cart.updated", "order.placed", "cart.emptied");
  }

  @Test
  void a_cancellation_alone_takes_no_cart_for_bought() {
    intake.takeOneByOne(
        track("Order Cancelled").with("order_id", "o1").by("a").minute(5),
        added("", "mug", 1).by("a").minute(1));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open mug=1");
  }

  @Test
  void who_bought_and_cancelled_is_a_customer_whichever_is_told_first() {
    intake.takeOneByOne(
        track("Order Cancelled").with("order_id", "o1").by("a").minute(5),
        ordered("o1", "mug").by("a").minute(1));
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("stage", "CUSTOMER");
    assertThat(order("o1")).containsEntry("state", "cancelled");
    assertThat(order("o1").get("placed_at").toString()).startsWith("2026-03-02 12:01");
    assertThat(intake.shopSignals())
        .as("no purchase to follow up")
        .containsExactly("order.cancelled");
    intake.jdbc.sql("update lead set stage = 'NO_NEED'").update();
    intake.take(ordered("o1", "mug").by("a").minute(6));
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("stage", "NO_NEED");
  }

  @Test
  void a_purchase_that_is_told_after_its_cancellation_ends_the_cart_and_is_no_news() {
    intake.takeOneByOne(
        added("", "mug", 1).by("a").user("anna").minute(0),
        track("Order Cancelled").with("order_id", "o1").user("anna").minute(5),
        ordered("o1", "mug").by("a").user("anna").minute(1));
    assertThat(intake.carts(intake.user("anna"))).containsExactly("ordered mug=1");
    assertThat(intake.shopSignals())
        .containsExactly("cart.updated", "order.cancelled", "cart.emptied");
  }

  @Test
  void of_two_cancellations_the_earlier_counts_whichever_is_told_first() {
    intake.takeOneByOne(
        track("Order Cancelled").with("order_id", "o1").user("anna").minute(9),
        track("Order Cancelled").with("order_id", "o1").user("anna").minute(5));
    assertThat(order("o1").get("placed_at").toString()).startsWith("2026-03-02 12:05");
  }

  @Test
  void an_order_was_placed_when_the_earliest_report_says() {
    intake.takeOneByOne(
        ordered("o1", "mug").by("a").minute(7), ordered("o1", "mug").by("a").minute(5));
    assertThat(order("o1").get("placed_at").toString()).startsWith("2026-03-02 12:05");
  }

  @Test
  void what_the_shop_told_whole_is_not_counted_again() {
    intake.takeOneByOne(
        viewed("c1", "mug", "pot").by("a").minute(5),
        added("c1", "pot", 1).by("a").minute(1),
        viewed("c1", "old").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c1 mug=1,pot=1");
  }

  @Test
  void a_cart_may_get_its_name_later() {
    intake.takeOneByOne(
        added("", "mug", 1).by("a").minute(0),
        added("c1", "pot", 1).by("a").minute(1),
        track("Checkout Started").by("a").minute(2));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c1 mug=1,pot=1");
  }

  @Test
  void a_cancelled_order_is_cancelled_once_and_by_its_own_lead_only() {
    intake.takeOneByOne(
        ordered("o1", "mug").by("a").minute(0),
        track("Order Cancelled").with("order_id", "o1").by("stranger").minute(1));
    assertThat(order("o1")).containsEntry("state", "placed");
    intake.takeOneByOne(
        track("Order Cancelled").with("order_id", "o1").by("a").minute(2),
        track("Order Cancelled").with("order_id", "o1").by("a").minute(3));
    assertThat(order("o1")).containsEntry("state", "cancelled");
    assertThat(intake.shopSignals()).containsExactly("order.placed", "order.cancelled");
  }

  @Test
  void whatever_the_order_of_arrival_the_cart_ends_up_the_same() {
    List<Happening> story =
        List.of(
            page("/").by("a").minute(0),
            added("c1", "mug", 1).by("a").minute(1),
            added("c1", "pot", 2).by("a").minute(2),
            removed("c1", "pot", 1).by("a").minute(3),
            viewed("c1", "mug", "pot").by("a").minute(4),
            ordered("o1", "mug", "pot").with("cart_id", "c1").by("a").minute(5));
    var random = new Random(42);
    for (int round = 0; round < 6; round++) {
      List<Happening> shuffled = new ArrayList<>(story);
      Collections.shuffle(shuffled, random);
      var fresh = new Intake(TestDatabase.migrated());
      shuffled.forEach(fresh::take);
      UUID lead = fresh.visitor("a");
      assertThat(fresh.carts(lead)).as("%s", shuffled).noneMatch(cart -> cart.startsWith("open"));
      assertThat(fresh.lead(lead)).containsEntry("visits", 1);
    }
  }

  @Test
  void what_happened_days_ago_starts_nothing_but_may_end_something() {
    intake.takeOneByOne(
        added("c1", "mug", 1).by("a").at(Duration.ofDays(-9)),
        ordered("o1", "mug").by("a").at(Duration.ofDays(-8)));
    assertThat(intake.shopSignals()).containsExactly("order.placed");
  }

  @Test
  void carts_and_orders_are_facts() {
    intake.takeOneByOne(
        identify("anna").by("a").trait("firstName", "Anna").trait("points", 7).minute(0),
        added("c1", "mug", 2)
            .by("a")
            .with("url", "https://shop.example/mug")
            .with("image_url", "javascript:alert(1)")
            .with("currency", "EUR")
            .minute(1),
        ordered("o0", "pan").with("cart_id", "none").by("a").minute(1),
        track("Order Cancelled").with("order_id", "o0").by("a").minute(1),
        ordered("o1", "pot").with("cart_id", "other").with("total", "19.90").by("a").minute(2));
    Map<String, Object> tree =
        intake
            .facts
            .read(new Subject(intake.user("anna"), cart("c1"), null, null))
            .orElseThrow()
            .tree();
    assertThat(at(tree, "cart", "state")).isEqualTo("open");
    assertThat(at(tree, "cart", "total")).isEqualTo(new BigDecimal("20"));
    assertThat(at(tree, "cart", "itemCount")).isEqualTo(BigDecimal.valueOf(2));
    assertThat(at(tree, "cart", "items").toString())
        .contains("https://shop.example/mug")
        .doesNotContain("javascript");
    assertThat(at(tree, "order", "total")).isEqualTo(new BigDecimal("19.90"));
    assertThat(at(tree, "lead", "orders")).as("less what was cancelled").isEqualTo(ONE);
    assertThat(at(tree, "lead", "firstName")).isEqualTo("Anna");
    assertThat(at(tree, "lead", "traits").toString()).contains("points=7");
    assertThat(intake.facts.read(Subject.lead(UUID.randomUUID()))).isEmpty();
    assertThat(
            intake
                .facts
                .read(new Subject(intake.user("anna"), UUID.randomUUID(), null, null))
                .orElseThrow()
                .tree())
        .as("another's cart is no fact")
        .containsEntry("cart", null);
  }

  @Test
  void what_is_about_no_order_is_about_the_newest_that_was_not_cancelled() {
    intake.takeOneByOne(
        ordered("o1", "mug").by("a").minute(0), ordered("o2", "pot").by("a").minute(1));
    UUID lead = intake.visitor("a");
    UUID second = (UUID) order("o2").get("id");
    assertThat(orderOf(Subject.lead(lead))).containsEntry("shopId", "o2");

    intake.take(track("Order Cancelled").by("a").with("order_id", "o2").minute(2));
    assertThat(orderOf(Subject.lead(lead))).containsEntry("shopId", "o1");
    assertThat(orderOf(new Subject(lead, null, second, null)))
        .as("a flow that is about it")
        .containsEntry("shopId", "o2")
        .containsEntry("state", "cancelled");

    intake.take(track("Order Cancelled").by("a").with("order_id", "o1").minute(3));
    assertThat(orderOf(Subject.lead(lead))).isNull();
  }

  @SuppressWarnings("unchecked")
  private @Nullable Map<String, Object> orderOf(Subject subject) {
    return (Map<String, Object>) intake.facts.read(subject).orElseThrow().tree().get("order");
  }

  private static Object at(Map<String, Object> tree, String group, String name) {
    return ((Map<?, ?>) tree.get(group)).get(name);
  }

  private UUID cart(String shopId) {
    return intake
        .jdbc
        .sql("select id from cart where shop_id = ?")
        .param(shopId)
        .query(UUID.class)
        .single();
  }

  private Map<String, Object> order(String shopId) {
    return intake
        .jdbc
        .sql("select * from customer_order where shop_id = ?")
        .param(shopId)
        .query()
        .singleRow();
  }

  private Map<String, Object> lastSignal() {
    return intake
        .jdbc
        .sql("select * from signal where name ~ '^(cart|order)[.]' order by id desc limit 1")
        .query()
        .singleRow();
  }

  private List<String> keys() {
    return intake
        .jdbc
        .sql("select distinct correlation_key from signal")
        .query(String.class)
        .list();
  }
}
