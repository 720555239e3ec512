package io.ripen.engine.signals;

import io.ripen.engine.signals.Occurrence.Cart;
import io.ripen.engine.signals.Occurrence.Order;
import io.ripen.engine.signals.Occurrence.Page;
import io.ripen.engine.tables.TableFact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a column of the signal table may ask for, by its name in FEEL. */
enum SignalFact implements TableFact<Occurrence> {
  EVENT_NAME("event.name", o -> name(o)),
  EVENT_TYPE("event.type", o -> o.event().type()),
  EVENT_SITE("event.site", o -> o.event().site()),
  LEAD_STAGE("lead.stage", o -> o.lead().stage()),
  LEAD_KNOWN("lead.known", o -> o.lead().known()),
  LEAD_VISITS("lead.visits", o -> o.lead().visits()),
  LEAD_NEW_VISIT("lead.newVisit", o -> o.lead().newVisit()),
  LEAD_NEW_STAGE("lead.newStage", o -> o.lead().progress().newStage()),
  LEAD_SCORE("lead.score", o -> o.lead().progress().score()),
  LEAD_SCORE_BEFORE("lead.scoreBefore", o -> o.lead().progress().scoreBefore()),
  PAGE_PATH("page.path", page(Page::path)),
  PAGE_VISITS("page.visits", page(Page::visits)),
  PAGE_NEW_VISIT("page.newVisit", page(Page::newVisit)),
  CART_CHANGE("cart.change", cart(Cart::change)),
  CART_ITEM_COUNT("cart.itemCount", cart(Cart::itemCount)),
  CART_TOTAL("cart.total", cart(Cart::total)),
  CART_CURRENCY("cart.currency", cart(Cart::currency)),
  ORDER_CHANGE("order.change", order(Order::change)),
  ORDER_TOTAL("order.total", order(Order::total)),
  ORDER_CURRENCY("order.currency", order(Order::currency));

  private final String path;

  @SuppressWarnings("ImmutableEnumChecker") // All are lambdas that keep nothing.
  private final Function<Occurrence, @Nullable Object> value;

  SignalFact(String path, Function<Occurrence, @Nullable Object> value) {
    this.path = path;
    this.value = value;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable Object of(Occurrence occurrence) {
    return value.apply(occurrence);
  }

  /** What happened: a track event's own name, and the type of all others. */
  private static String name(Occurrence occurrence) {
    String type = occurrence.event().type();
    return type.equals("track") ? occurrence.event().name() : type;
  }

  private static Function<Occurrence, @Nullable Object> page(
      Function<Page, @Nullable Object> value) {
    return occurrence -> occurrence.page() == null ? null : value.apply(occurrence.page());
  }

  private static Function<Occurrence, @Nullable Object> cart(
      Function<Cart, @Nullable Object> value) {
    return occurrence -> occurrence.cart() == null ? null : value.apply(occurrence.cart());
  }

  private static Function<Occurrence, @Nullable Object> order(
      Function<Order, @Nullable Object> value) {
    return occurrence -> occurrence.order() == null ? null : value.apply(occurrence.order());
  }
}
