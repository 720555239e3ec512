package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps orders, and ends the carts that were bought. Browser and shop may both report an order: it
 * is the same by its number, and what the second one adds is the cart.
 */
final class Orders {

  private static final Carts.Change NONE = Carts.Change.NONE;

  private final Book book;

  Orders(Book book) {
    this.book = book;
  }

  Carts.Change apply(Event event, LeadState lead) {
    return switch (event.name()) {
      case "Order Completed" -> completed(event, lead);
      case "Order Cancelled" -> cancelled(event, lead);
      default -> NONE;
    };
  }

  static OrderState.Key key(Event event) {
    String id = Shopping.firstText(event.properties(), "order_id", "orderId", "checkout_id");
    return new OrderState.Key(event.site(), id == null ? event.messageId() : id);
  }

  private Carts.Change completed(Event event, LeadState lead) {
    OrderState known = book.order(key(event));
    boolean isOurs = known == null || isOf(known, lead);
    boolean isFirst = known == null || (isOurs && known.isOnlyCancelled());
    // A page that thanks for the order may be looked at again, with another cart begun since.
    Instant at = known == null ? event.occurredAt() : earlier(known.placedAt, event.occurredAt());
    if (known != null && isOurs) {
      known.placedAt(at);
      if (known.isClaimed()) {
        return NONE;
      }
    }
    List<Item> items = Shopping.items(event.properties());
    var purchase =
        new Purchase(event.site(), Carts.shopId(event), items == null ? List.of() : items, at);
    CartState cart = purchase.cart(lead).orElse(null);
    OrderState order = known == null ? book.newOrder(lead, key(event), at) : known;
    if (isOurs && order.items.isEmpty()) {
      describe(order, event, items, cart);
    }
    if (cart != null) {
      return isOurs ? claim(order, cart, at) : ordered(order, cart, at);
    }
    if (isOurs && !lead.unclaimedOrders.contains(order)) {
      lead.unclaimedOrders.add(order);
    }
    if (known == null) {
      return new Carts.Change(null, occurrence(order, OrderState.PLACED));
    }
    return isFirst ? Carts.Change.PURCHASE : NONE;
  }

  /**
   * Ends the open carts that the orders of a lead turn out to have bought, now that it is one with
   * the lead that filled them.
   */
  static List<Carts.Change> claim(LeadState lead) {
    List<Carts.Change> changes = new ArrayList<>();
    for (OrderState order : lead.unclaimedOrders) {
      if (!order.isClaimed() && order.state.equals(OrderState.PLACED)) {
        order
            .purchase()
            .cartThatCameLater(lead)
            .ifPresent(cart -> changes.add(claim(order, cart, order.placedAt)));
      }
    }
    return changes;
  }

  private static Carts.Change claim(OrderState order, CartState cart, Instant at) {
    order.claim(cart);
    return ordered(order, cart, at);
  }

  private static Carts.Change ordered(OrderState order, CartState cart, Instant at) {
    cart.close(CartState.ORDERED, at);
    // Of one that was cancelled since flows hear that the cart is gone, and of no purchase.
    return order.state.equals(OrderState.PLACED)
        ? new Carts.Change(
            Carts.occurrence(cart, CartState.ORDERED), occurrence(order, OrderState.PLACED))
        : new Carts.Change(Carts.occurrence(cart, CartState.EMPTIED), null, true);
  }

  private Carts.Change cancelled(Event event, LeadState lead) {
    OrderState known = book.order(key(event));
    if (known != null && !isOf(known, lead)) {
      return NONE;
    }
    if (known != null && known.state.equals(OrderState.CANCELLED)) {
      known.cancelledAt(event.occurredAt());
      return NONE;
    }
    OrderState order = known == null ? book.newOrder(lead, key(event), event.occurredAt()) : known;
    if (known == null) {
      describe(order, event, Shopping.items(event.properties()), null);
    }
    order.state = OrderState.CANCELLED;
    order.updatedAt = later(order.updatedAt, event.occurredAt());
    order.isChanged = true;
    return new Carts.Change(null, occurrence(order, OrderState.CANCELLED));
  }

  private static Occurrence.Order occurrence(OrderState order, String change) {
    return new Occurrence.Order(order.id, change, order.total, order.currency);
  }

  /** Nobody changes another's order, whose number may be guessed. */
  private boolean isOf(OrderState order, LeadState lead) {
    return book.lead(order.leadId) == lead;
  }

  private static void describe(
      OrderState order, Event event, @Nullable List<Item> items, @Nullable CartState cart) {
    order.cartShopId = order.cartShopId.isEmpty() ? Carts.shopId(event) : order.cartShopId;
    order.items = items != null ? items : cart != null ? cart.items : List.of();
    BigDecimal total = Shopping.number(event.properties(), "total", "revenue", "value");
    order.total = total.signum() > 0 || cart == null ? total : cart.total();
    String currency = Shopping.currency(event.properties());
    order.currency = currency == null && cart != null ? cart.currency : currency;
    order.isChanged = true;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
