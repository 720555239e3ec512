package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps carts by the events of the Segment e-commerce spec, in whatever order they come in:
 *
 * <ul>
 *   <li>{@code Cart Viewed} and {@code Checkout Started} tell the whole content; one that is older
 *       than the cart's last change is not believed
 *   <li>{@code Product Added} and {@code Product Removed} change the content, unless it was told
 *       whole since
 *   <li>what is older than the purchase or the emptying of the same cart came late and opens no new
 *       one
 * </ul>
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

  /**
   * What an event did to a cart, to an order, or to both.
   *
   * @param isPurchase whether it is the first that tells of one
   */
  record Change(
      Occurrence.@Nullable Cart cart, Occurrence.@Nullable Order order, boolean isPurchase) {

    static final Change NONE = new Change(null, null, false);

    /** Of an order that was cancelled since, so that flows have nothing to do. */
    static final Change PURCHASE = new Change(null, null, true);

    Change(Occurrence.@Nullable Cart cart, Occurrence.@Nullable Order order) {
      this(cart, order, order != null && order.change().equals(OrderState.PLACED));
    }
  }

  private final Book book;

  Carts(Book book) {
    this.book = book;
  }

  Change apply(Event event, LeadState lead) {
    return switch (event.name()) {
      case "Product Added" -> added(event, lead);
      case "Product Removed" -> removed(event, lead);
      case "Cart Viewed", "Checkout Started" -> told(event, lead);
      default -> Change.NONE;
    };
  }

  /**
   * Of two open carts that became one lead's and are the same to the shop, the newer goes on with
   * the products of both, and the older ends; so does one by whose name a cart was bought or
   * emptied since.
   */
  static List<CartState> unite(LeadState lead) {
    List<CartState> ended = new ArrayList<>();
    List<CartState> open =
        lead.carts.stream()
            .filter(CartState::isOpen)
            .sorted(Comparator.comparing((CartState cart) -> cart.updatedAt).reversed())
            .toList();
    for (int i = 0; i < open.size(); i++) {
      CartState newer = open.get(i);
      for (CartState older : open.subList(i + 1, open.size())) {
        if (newer.isOpen() && older.isOpen() && older.isOf(newer.site, newer.shopId)) {
          newer.absorb(older);
          older.close(CartState.EMPTIED, older.updatedAt);
          ended.add(older);
        }
      }
    }
    for (CartState cart : lead.carts) {
      if (cart.isOpen() && lead.carts.stream().anyMatch(cart::hasEndedAs)) {
        cart.close(CartState.EMPTIED, cart.updatedAt);
        ended.add(cart);
      }
    }
    return ended;
  }

  static Occurrence.Cart occurrence(CartState cart, String what) {
    return new Occurrence.Cart(cart.id, what, cart.itemCount(), cart.total(), cart.currency);
  }

  /**
   * The open cart that the event is about: the one it names; one that had no name until now; where
   * it names none, the newest of the site.
   */
  static Optional<CartState> open(Event event, LeadState lead) {
    String shopId = shopId(event);
    return lead.carts.stream()
        .filter(cart -> cart.isOpen() && cart.site.equals(event.site()))
        .filter(cart -> shopId.isEmpty() || cart.shopId.isEmpty() || cart.shopId.equals(shopId))
        .max(
            Comparator.comparing((CartState cart) -> cart.shopId.equals(shopId))
                .thenComparing(cart -> cart.updatedAt));
  }

  static String shopId(Event event) {
    String id = Shopping.firstText(event.properties(), "cart_id", "cartId");
    return id == null ? "" : id;
  }

  private Change added(Event event, LeadState lead) {
    Item item = Shopping.item(event.properties());
    CartState cart = open(event, lead).orElse(null);
    if (item == null
        || (cart == null ? cameLate(event, lead, List.of(item)) : isToldSince(cart, event))) {
      return Change.NONE;
    }
    CartState changed = cart == null ? newCart(event, lead) : cart;
    changed.add(item);
    return updated(changed, event);
  }

  private Change removed(Event event, LeadState lead) {
    Item item = Shopping.item(event.properties());
    CartState cart = open(event, lead).orElse(null);
    if (item == null || cart == null || isToldSince(cart, event)) {
      return Change.NONE;
    }
    cart.remove(item, Shopping.quantity(event.properties()));
    return cart.items.isEmpty() ? emptied(cart, event) : updated(cart, event);
  }

  private Change told(Event event, LeadState lead) {
    List<Item> items = Shopping.items(event.properties());
    CartState cart = open(event, lead).orElse(null);
    if (items == null || (cart == null && items.isEmpty())) {
      return Change.NONE;
    }
    if (cart == null ? cameLate(event, lead, items) : event.occurredAt().isBefore(cart.updatedAt)) {
      return Change.NONE;
    }
    CartState viewed = cart == null ? newCart(event, lead) : cart;
    boolean isOther = viewed.hold(items, event.occurredAt());
    if (items.isEmpty()) {
      return emptied(viewed, event);
    }
    // A look at an unchanged cart is no change: a reminder's link leads to it.
    Change change = updated(viewed, event);
    return isOther ? change : Change.NONE;
  }

  private static Change updated(CartState cart, Event event) {
    describe(cart, event);
    cart.touch(event.occurredAt());
    return new Change(occurrence(cart, CartState.UPDATED), null);
  }

  private static Change emptied(CartState cart, Event event) {
    cart.items = List.of();
    cart.close(CartState.EMPTIED, event.occurredAt());
    return new Change(occurrence(cart, CartState.EMPTIED), null);
  }

  private static boolean isToldSince(CartState cart, Event event) {
    return cart.isToldSince(event.occurredAt());
  }

  /** Whether the same cart was bought or emptied after the event. */
  private static boolean cameLate(Event event, LeadState lead, List<Item> items) {
    String shopId = shopId(event);
    return lead.unclaimedOrders.stream()
            .filter(order -> order.mayHaveBought(shopId) && isBefore(event, order.placedAt))
            .anyMatch(order -> order.key.site().equals(event.site()) || order.sharesAnyOf(items))
        || lead.carts.stream()
            .filter(cart -> !cart.isOpen() && cart.site.equals(event.site()))
            .filter(cart -> shopId.isEmpty() || cart.shopId.isEmpty() || cart.shopId.equals(shopId))
            .anyMatch(cart -> isBefore(event, cart.updatedAt));
  }

  private static boolean isBefore(Event event, Instant at) {
    return event.occurredAt().isBefore(at);
  }

  private CartState newCart(Event event, LeadState lead) {
    return book.newCart(lead, event.site(), shopId(event), event.occurredAt());
  }

  private static void describe(CartState cart, Event event) {
    ObjectNode properties = event.properties();
    cart.shopId = cart.shopId.isEmpty() ? shopId(event) : cart.shopId;
    String currency = Shopping.currency(properties);
    cart.currency = currency == null ? cart.currency : currency;
    String url = Shopping.url(properties, "cart_url", "cartUrl", "checkout_url");
    if (url == null
        && (cart.url == null || event.name().equals("Cart Viewed"))
        && event.context().get("page") instanceof ObjectNode page) {
      url = Shopping.url(page, "url");
    }
    cart.url = url == null ? cart.url : url;
  }
}
