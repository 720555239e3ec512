package io.ripen.engine.signals;

import io.ripen.engine.signals.Occurrence.Cart;
import io.ripen.engine.signals.Occurrence.Order;
import io.ripen.engine.signals.Occurrence.Page;
import io.ripen.engine.tables.TableFact;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a column of the signal table may ask for, by its name in FEEL. */
final class SignalFacts {

  static final List<TableFact<Occurrence>> ALL =
      List.of(
          fact("event.name", o -> o.event().what()),
          fact("event.type", o -> o.event().type()),
          fact("event.site", o -> o.event().site()),
          fact("lead.stage", o -> o.lead().stage()),
          fact("lead.known", o -> o.lead().known()),
          fact("lead.visits", o -> o.lead().visits()),
          fact("lead.newVisit", o -> o.lead().newVisit()),
          fact("lead.answerCount", o -> o.lead().answerCount()),
          fact("lead.newStage", o -> o.lead().progress().newStage()),
          fact("lead.score", o -> o.lead().progress().score()),
          fact("lead.scoreBefore", o -> o.lead().progress().scoreBefore()),
          fact("page.path", page(Page::path)),
          fact("page.visits", page(Page::visits)),
          fact("page.newVisit", page(Page::newVisit)),
          fact("cart.change", cart(Cart::change)),
          fact("cart.itemCount", cart(Cart::itemCount)),
          fact("cart.total", cart(Cart::total)),
          fact("cart.currency", cart(Cart::currency)),
          fact("order.change", order(Order::change)),
          fact("order.total", order(Order::total)),
          fact("order.currency", order(Order::currency)));

  private SignalFacts() {}

  private static TableFact<Occurrence> fact(
      String path, Function<Occurrence, @Nullable Object> value) {
    return new TableFact<>(path, value);
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
