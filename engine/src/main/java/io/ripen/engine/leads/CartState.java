package io.ripen.engine.leads;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One filling of a cart while a batch is worked on. */
final class CartState {

  static final String OPEN = "open";
  static final String ORDERED = "ordered";
  static final String EMPTIED = "emptied";

  final UUID id;
  final String site;
  final String shopId;
  final Instant openedAt;
  UUID leadId;
  String state = OPEN;
  @Nullable String currency;
  @Nullable String url;
  List<Item> items = List.of();
  Instant updatedAt;

  CartState(UUID id, UUID leadId, String site, String shopId, Instant openedAt) {
    this.id = id;
    this.leadId = leadId;
    this.site = site;
    this.shopId = shopId;
    this.openedAt = openedAt;
    this.updatedAt = openedAt;
  }

  boolean isOpen() {
    return state.equals(OPEN);
  }

  boolean isOf(String otherSite, String otherShopId) {
    return site.equals(otherSite) && shopId.equals(otherShopId);
  }

  BigDecimal total() {
    return items.stream().map(Item::total).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  int itemCount() {
    return items.stream().mapToInt(Item::quantity).sum();
  }

  void close(String newState, Instant at) {
    state = newState;
    touch(at);
  }

  void touch(Instant at) {
    updatedAt = at.isAfter(updatedAt) ? at : updatedAt;
  }

  void add(Item item) {
    List<Item> changed = new ArrayList<>(items);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).isSameProduct(item)) {
        changed.set(i, item.withQuantity(changed.get(i).quantity() + item.quantity()));
        items = List.copyOf(changed);
        return;
      }
    }
    changed.add(item);
    items = List.copyOf(changed);
  }

  /** Takes so many of the product out, all where no quantity is told. */
  void remove(Item item, @Nullable Integer quantity) {
    List<Item> changed = new ArrayList<>();
    for (Item each : items) {
      int left =
          !each.isSameProduct(item)
              ? each.quantity()
              : quantity == null ? 0 : each.quantity() - quantity;
      if (left > 0) {
        changed.add(each.withQuantity(left));
      }
    }
    items = List.copyOf(changed);
  }

  /** Adds the products that only the other cart has. */
  void absorb(CartState other) {
    List<Item> both = new ArrayList<>(items);
    other.items.stream()
        .filter(item -> items.stream().noneMatch(item::isSameProduct))
        .forEach(both::add);
    items = List.copyOf(both);
  }

  long sharedWith(List<Item> others) {
    return items.stream().filter(item -> others.stream().anyMatch(item::isSameProduct)).count();
  }
}
