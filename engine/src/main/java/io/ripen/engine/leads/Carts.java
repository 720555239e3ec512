package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps carts and orders by the events of the Segment e-commerce spec.
 *
 * <p>{@code Cart Viewed} and {@code Checkout Started} tell the whole content, so one that is older
 * than the cart's last change is not believed. An event that is older than the purchase or the
 * emptying of the same cart changes nothing: it came late.
 */
final class Carts {

  static final Set<String> EVENTS =
      Set.of(
          "Product Added",
          "Product Removed",
          "Cart Viewed",
          "Checkout Started",
          "Order Completed",
          "Order Cancelled");

  /** What an event did; either may be missing. */
  record Change(@Nullable CartState cart, @Nullable String what, @Nullable OrderState order) {

    static final Change NONE = new Change(null, null, null);
  }

  static final String UPDATED = "updated";

  private final Book book;

  Carts(Book book) {
    this.book = book;
  }

  Change apply(Event event, LeadState lead) {
    return switch (event.name()) {
      case "Product Added" -> added(event, lead);
      case "Product Removed" -> removed(event, lead);
      case "Cart Viewed" -> viewed(event, lead, false);
      case "Checkout Started" -> viewed(event, lead, true);
      case "Order Completed" -> ordered(event, lead);
      case "Order Cancelled" -> cancelled(event, lead);
      default -> Change.NONE;
    };
  }

  /** Of two open carts that became one lead's and are the same to the shop, the newer goes on. */
  List<CartState> unite(LeadState lead) {
    List<CartState> closed = new ArrayList<>();
    List<CartState> open =
        book.cartsOf(lead).stream()
            .filter(CartState::isOpen)
            .sorted(Comparator.comparing((CartState cart) -> cart.updatedAt).reversed())
            .toList();
    for (int i = 0; i < open.size(); i++) {
      CartState newer = open.get(i);
      for (CartState older : open.subList(i + 1, open.size())) {
        if (newer.isOpen() && older.isOpen() && older.isOf(newer.site, newer.shopId)) {
          newer.absorb(older);
          older.close(CartState.EMPTIED, older.updatedAt);
          book.changed(newer);
          book.changed(older);
          closed.add(older);
        }
      }
    }
    return closed;
  }

  static Occurrence.Cart occurrence(CartState cart, String what) {
    return new Occurrence.Cart(cart.id, what, cart.itemCount(), cart.total(), cart.currency);
  }

  private Change added(Event event, LeadState lead) {
    Item item = Shopping.item(event.properties());
    if (item == null || cameLate(event, lead)) {
      return Change.NONE;
    }
    CartState cart = open(event, lead).orElseGet(() -> newCart(event, lead));
    cart.add(item);
    return updated(cart, event);
  }

  private Change removed(Event event, LeadState lead) {
    Item item = Shopping.item(event.properties());
    CartState cart = open(event, lead).orElse(null);
    if (item == null || cart == null) {
      return Change.NONE;
    }
    cart.remove(item, Shopping.quantity(event.properties()));
    return cart.items.isEmpty() ? emptied(cart, event) : updated(cart, event);
  }

  private Change viewed(Event event, LeadState lead, boolean isActivity) {
    List<Item> items = Shopping.items(event.properties());
    CartState cart = open(event, lead).orElse(null);
    if (cart != null && event.occurredAt().isBefore(cart.updatedAt)) {
      return Change.NONE;
    }
    if (items == null) {
      return cart != null && isActivity ? updated(cart, event) : Change.NONE;
    }
    if (items.isEmpty()) {
      return cart == null ? Change.NONE : emptied(cart, event);
    }
    if (cart == null && cameLate(event, lead)) {
      return Change.NONE;
    }
    boolean isNew = cart == null;
    cart = cart == null ? newCart(event, lead) : cart;
    boolean isChanged = isNew || !cart.items.equals(items);
    cart.items = items;
    return isChanged || isActivity ? updated(cart, event) : Change.NONE;
  }

  private Change updated(CartState cart, Event event) {
    describe(cart, event);
    cart.touch(event.occurredAt());
    book.changed(cart);
    return new Change(cart, UPDATED, null);
  }

  private Change emptied(CartState cart, Event event) {
    cart.items = List.of();
    cart.close(CartState.EMPTIED, event.occurredAt());
    book.changed(cart);
    return new Change(cart, CartState.EMPTIED, null);
  }

  private Change ordered(Event event, LeadState lead) {
    OrderState.Key key = orderKey(event);
    if (book.order(key) != null) {
      return Change.NONE;
    }
    List<Item> items = Shopping.items(event.properties());
    CartState cart = boughtCart(event, lead, items == null ? List.of() : items).orElse(null);
    OrderState order = order(event, lead, key, items, cart);
    if (cart == null) {
      return new Change(null, null, order);
    }
    order.cartId = cart.id;
    cart.close(CartState.ORDERED, event.occurredAt());
    book.changed(cart);
    return new Change(cart, CartState.ORDERED, order);
  }

  private OrderState order(
      Event event,
      LeadState lead,
      OrderState.Key key,
      @Nullable List<Item> items,
      @Nullable CartState cart) {
    OrderState order = book.newOrder(lead, key, event.occurredAt());
    order.items = items != null ? items : cart != null ? cart.items : List.of();
    BigDecimal total = Shopping.number(event.properties(), "total", "revenue", "value");
    order.total = total.signum() > 0 || cart == null ? total : cart.total();
    String currency = Shopping.firstText(event.properties(), "currency");
    order.currency = currency == null && cart != null ? cart.currency : currency;
    return order;
  }

  private Change cancelled(Event event, LeadState lead) {
    OrderState.Key key = orderKey(event);
    OrderState order = book.order(key);
    if (order != null && order.state.equals(OrderState.CANCELLED)) {
      return Change.NONE;
    }
    if (order == null) {
      order = order(event, lead, key, Shopping.items(event.properties()), null);
    }
    order.state = OrderState.CANCELLED;
    order.updatedAt = event.occurredAt();
    book.changed(order);
    return new Change(null, null, order);
  }

  /** The cart that the order names, or the one that it shares most with, or the newest. */
  private Optional<CartState> boughtCart(Event event, LeadState lead, List<Item> items) {
    if (!shopId(event).isEmpty()) {
      return open(event, lead);
    }
    return book.cartsOf(lead).stream()
        .filter(cart -> cart.isOpen() && cart.site.equals(event.site()))
        .max(
            Comparator.comparingLong((CartState cart) -> cart.sharedWith(items))
                .thenComparing(cart -> cart.updatedAt));
  }

  private Optional<CartState> open(Event event, LeadState lead) {
    return book.cartsOf(lead).stream()
        .filter(cart -> cart.isOpen() && cart.isOf(event.site(), shopId(event)))
        .findFirst();
  }

  private boolean cameLate(Event event, LeadState lead) {
    return open(event, lead).isEmpty()
        && book.cartsOf(lead).stream()
            .filter(cart -> cart.isOf(event.site(), shopId(event)))
            .anyMatch(cart -> !event.occurredAt().isAfter(cart.updatedAt));
  }

  private CartState newCart(Event event, LeadState lead) {
    return book.newCart(lead, event.site(), shopId(event), event.occurredAt());
  }

  private static void describe(CartState cart, Event event) {
    ObjectNode properties = event.properties();
    String currency = Shopping.firstText(properties, "currency");
    cart.currency = currency == null ? cart.currency : currency;
    String url = Shopping.url(properties, "cart_url", "cartUrl", "checkout_url");
    cart.url = url == null ? cart.url : url;
    if (cart.url == null && event.context().get("page") instanceof ObjectNode page) {
      cart.url = Shopping.url(page, "url");
    }
  }

  private static String shopId(Event event) {
    String id = Shopping.firstText(event.properties(), "cart_id", "cartId");
    return id == null ? "" : id;
  }

  static OrderState.Key orderKey(Event event) {
    String id = Shopping.firstText(event.properties(), "order_id", "orderId", "checkout_id");
    return new OrderState.Key(event.site(), id == null ? event.messageId() : id);
  }
}
