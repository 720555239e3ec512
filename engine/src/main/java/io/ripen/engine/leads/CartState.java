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
  static final String UPDATED = "updated";
  static final String ORDERED = "ordered";
  static final String EMPTIED = "emptied";

  final UUID id;
  final String site;
  String shopId;
  LeadState lead;
  String state = OPEN;
  @Nullable String currency;
  @Nullable String url;
  List<Item> items = List.of();
  Instant openedAt;
  Instant updatedAt;

  /** When the shop last told the whole content; what is older is part of it. */
  @Nullable Instant contentAt;

  boolean isChanged;

  CartState(UUID id, LeadState lead, String site, String shopId, Instant openedAt) {
    this.id = id;
    this.lead = lead;
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

  /** Whether the other one is what the shop calls by the same name, and ended after this. */
  boolean hasEndedAs(CartState other) {
    return !shopId.isEmpty()
        && !other.isOpen()
        && other.isOf(site, shopId)
        && updatedAt.isBefore(other.updatedAt);
  }

  /** Whether the shop has told the whole content since. */
  boolean isToldSince(Instant at) {
    return contentAt != null && at.isBefore(contentAt);
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
    openedAt = at.isBefore(openedAt) ? at : openedAt;
    updatedAt = at.isAfter(updatedAt) ? at : updatedAt;
    isChanged = true;
  }

  void moveTo(LeadState survivor) {
    lead = survivor;
    isChanged = true;
  }

  /** The shop tells all that is in it; whether that is other than what was. */
  boolean hold(List<Item> content, Instant at) {
    boolean isOther =
        items.size() != content.size()
            || !content.stream().allMatch(item -> items.stream().anyMatch(item::isAsMany));
    items = content;
    contentAt = at;
    isChanged = true;
    return isOther;
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
    isChanged = true;
  }

  long sharedWith(List<Item> others) {
    return items.stream().filter(item -> others.stream().anyMatch(item::isSameProduct)).count();
  }
}
