package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    if (known != null && isOurs && known.cartId != null) {
      return NONE;
    }
    List<Item> items = Shopping.items(event.properties());
    // A page that thanks for the order may be looked at again, with another cart begun since.
    Instant at = known == null ? event.occurredAt() : earlier(known.placedAt, event.occurredAt());
    CartState cart = bought(event, lead, items == null ? List.of() : items, at).orElse(null);
    OrderState order = known == null ? book.newOrder(lead, key(event), at) : known;
    if (isOurs && order.items.isEmpty()) {
      describe(order, event, items, cart);
    }
    if (cart == null) {
      lead.unclaimedOrderAt.merge(event.site(), at, Orders::later);
      return known == null ? new Carts.Change(null, occurrence(order, OrderState.PLACED)) : NONE;
    }
    cart.close(CartState.ORDERED, at);
    if (isOurs) {
      order.cartId = cart.id;
      order.isChanged = true;
    }
    return new Carts.Change(
        Carts.occurrence(cart, CartState.ORDERED), occurrence(order, OrderState.PLACED));
  }

  private Carts.Change cancelled(Event event, LeadState lead) {
    OrderState known = book.order(key(event));
    if (known != null && (known.state.equals(OrderState.CANCELLED) || !isOf(known, lead))) {
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
    order.items = items != null ? items : cart != null ? cart.items : List.of();
    BigDecimal total = Shopping.number(event.properties(), "total", "revenue", "value");
    order.total = total.signum() > 0 || cart == null ? total : cart.total();
    String currency = Shopping.currency(event.properties());
    order.currency = currency == null && cart != null ? cart.currency : currency;
    order.isChanged = true;
  }

  /** The cart that the order names, or the one that it shares most with, or the newest. */
  private static Optional<CartState> bought(
      Event event, LeadState lead, List<Item> items, Instant at) {
    String shopId = Carts.shopId(event);
    return lead.carts.stream()
        .filter(cart -> cart.isOpen() && cart.site.equals(event.site()))
        .filter(cart -> !cart.openedAt.isAfter(at))
        .filter(cart -> shopId.isEmpty() || cart.shopId.isEmpty() || cart.shopId.equals(shopId))
        .max(
            Comparator.comparing((CartState cart) -> cart.shopId.equals(shopId))
                .thenComparingLong(cart -> cart.sharedWith(items))
                .thenComparing(cart -> cart.updatedAt));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
