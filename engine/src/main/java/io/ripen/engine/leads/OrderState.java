package io.ripen.engine.leads;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One order while a batch is worked on. */
final class OrderState {

  static final String PLACED = "placed";
  static final String CANCELLED = "cancelled";

  /** An order's number, which is the shop's. */
  record Key(String site, String shopId) {}

  final UUID id;
  final Key key;
  final UUID leadId;
  Instant placedAt;
  @Nullable UUID cartId;

  /** The shop's own id of the cart, or nothing. */
  String cartShopId = "";

  String state = PLACED;
  @Nullable String currency;
  BigDecimal total = BigDecimal.ZERO;
  List<Item> items = List.of();
  Instant updatedAt;
  boolean isChanged;

  OrderState(UUID id, UUID leadId, Key key, Instant placedAt) {
    this.id = id;
    this.leadId = leadId;
    this.key = key;
    this.placedAt = placedAt;
    this.updatedAt = placedAt;
  }

  Purchase purchase() {
    return new Purchase(key.site(), cartShopId, items, placedAt);
  }

  boolean sharesAnyOf(List<Item> others) {
    return items.stream().anyMatch(item -> others.stream().anyMatch(item::isSameProduct));
  }

  /** Whether a cart of this name may be what was bought, of which the event came too late. */
  boolean mayHaveBought(String shopId) {
    return !isClaimed()
        && !isOnlyCancelled()
        && (cartShopId.isEmpty() || shopId.isEmpty() || cartShopId.equals(shopId));
  }

  /** Whether the cancelling is all that is known of it: an earlier event tells the purchase. */
  boolean isOnlyCancelled() {
    return state.equals(CANCELLED) && !placedAt.isBefore(updatedAt);
  }

  /** It may be reported more than once: it was placed when the earliest says. */
  void placedAt(Instant at) {
    if (at.isBefore(placedAt)) {
      placedAt = at;
      isChanged = true;
    }
  }

  /** The same of its being cancelled. */
  void cancelledAt(Instant at) {
    if (at.isBefore(updatedAt)) {
      if (isOnlyCancelled()) {
        placedAt = at;
      }
      updatedAt = at;
      isChanged = true;
    }
  }

  /** Whether the cart that was bought is known. */
  boolean isClaimed() {
    return cartId != null;
  }

  void claim(CartState cart) {
    cartId = cart.id;
    isChanged = true;
  }
}
