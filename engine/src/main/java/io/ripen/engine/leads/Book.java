package io.ripen.engine.leads;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a batch of events concerns, in memory: read once before, written once after. Not for use
 * by several threads.
 */
final class Book {

  /** A change of a lead's stage. */
  record StageChange(
      LeadState lead, String from, String to, Instant at, String reason, String cause) {}

  /**
   * Two leads that turned out to be one.
   *
   * @param before both as they were, as JSON
   */
  record Merge(LeadState survivor, LeadState merged, String messageId, String before) {}

  private final Map<UUID, LeadState> leads = new HashMap<>();
  private final Map<Identity, LeadState> identities = new HashMap<>();
  private final Map<PageState.Key, PageState> pages = new LinkedHashMap<>();
  private final List<CartState> carts = new ArrayList<>();
  private final Map<OrderState.Key, OrderState> orders = new HashMap<>();

  private final Set<LeadState> newLeads = new LinkedHashSet<>();
  private final Set<LeadState> changedLeads = new LinkedHashSet<>();
  private final Map<Identity, LeadState> newIdentities = new LinkedHashMap<>();
  private final Map<Identity, LeadState> movedIdentities = new LinkedHashMap<>();
  private final Set<PageState> changedPages = new LinkedHashSet<>();
  private final Set<CartState> changedCarts = new LinkedHashSet<>();
  private final Set<OrderState> changedOrders = new LinkedHashSet<>();
  private final List<StageChange> stageChanges = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();

  // What was there before.

  void know(LeadState lead) {
    leads.put(lead.id, lead);
  }

  void know(Identity identity, UUID leadId) {
    LeadState lead = leads.get(leadId);
    if (lead != null) {
      identities.put(identity, lead);
      lead.isUser |= identity.kind().equals("user");
    }
  }

  void know(PageState page) {
    pages.put(page.key(), page);
  }

  void know(CartState cart) {
    carts.add(cart);
  }

  void know(OrderState order) {
    orders.put(order.key, order);
  }

  // Leads.

  /** The lead of this id, or the one that it turned out to be. */
  @Nullable LeadState lead(@Nullable UUID id) {
    LeadState lead = id == null ? null : leads.get(id);
    return lead == null ? null : survivor(lead);
  }

  /** The lead that this one is by now. */
  LeadState survivor(LeadState lead) {
    LeadState survivor = lead;
    while (survivor.mergedInto != null && leads.containsKey(survivor.mergedInto)) {
      survivor = leads.get(survivor.mergedInto);
    }
    return survivor;
  }

  @Nullable LeadState lead(@Nullable Identity identity) {
    return identity == null ? null : identities.get(identity);
  }

  LeadState newLead(Instant at) {
    var lead = new LeadState(UuidCreator.getTimeOrderedEpoch(), at, at);
    leads.put(lead.id, lead);
    newLeads.add(lead);
    return lead;
  }

  void changed(LeadState lead) {
    changedLeads.add(lead);
  }

  /** From now on the identity means this lead. */
  void assign(@Nullable Identity identity, LeadState lead) {
    if (identity == null || identities.get(identity) == lead) {
      return;
    }
    boolean isNew = !identities.containsKey(identity) || newIdentities.containsKey(identity);
    (isNew ? newIdentities : movedIdentities).put(identity, lead);
    identities.put(identity, lead);
    if (identity.kind().equals("user")) {
      lead.isUser = true;
    }
  }

  void stage(LeadState lead, String to, Instant at, String reason, String cause) {
    stageChanges.add(new StageChange(lead, lead.stage, to, at, reason, cause));
    lead.stage = to;
    changed(lead);
  }

  void merged(Merge merge) {
    LeadState survivor = merge.survivor();
    LeadState merged = merge.merged();
    merges.add(merge);
    changed(survivor);
    changed(merged);
    List.copyOf(identities.entrySet()).stream()
        .filter(entry -> entry.getValue() == merged)
        .forEach(entry -> assign(entry.getKey(), survivor));
    List.copyOf(pages.values()).stream()
        .filter(page -> page.leadId.equals(merged.id))
        .forEach(page -> movePage(page, survivor));
    carts.stream()
        .filter(cart -> cart.leadId.equals(merged.id))
        .forEach(cart -> moveCart(cart, survivor));
    orders.values().stream()
        .filter(order -> order.leadId.equals(merged.id))
        .forEach(
            order -> {
              order.leadId = survivor.id;
              changedOrders.add(order);
            });
  }

  private void movePage(PageState page, LeadState survivor) {
    pages.remove(page.key());
    changedPages.remove(page);
    page.leadId = survivor.id;
    PageState there = pages.putIfAbsent(page.key(), page);
    if (there != null) {
      there.absorb(page);
    }
    changedPages.add(there == null ? page : there);
  }

  private void moveCart(CartState cart, LeadState survivor) {
    cart.leadId = survivor.id;
    changedCarts.add(cart);
  }

  // Pages, carts and orders.

  PageState page(LeadState lead, String path, Instant at) {
    PageState page =
        pages.computeIfAbsent(
            new PageState.Key(lead.id, path), key -> new PageState(lead.id, path, 0, at, at));
    changedPages.add(page);
    return page;
  }

  List<CartState> cartsOf(LeadState lead) {
    return carts.stream().filter(cart -> cart.leadId.equals(lead.id)).toList();
  }

  CartState newCart(LeadState lead, String site, String shopId, Instant at) {
    var cart = new CartState(UuidCreator.getTimeOrderedEpoch(), lead.id, site, shopId, at);
    carts.add(cart);
    changedCarts.add(cart);
    return cart;
  }

  void changed(CartState cart) {
    changedCarts.add(cart);
  }

  @Nullable OrderState order(OrderState.Key key) {
    return orders.get(key);
  }

  OrderState newOrder(LeadState lead, OrderState.Key key, Instant at) {
    var order = new OrderState(UuidCreator.getTimeOrderedEpoch(), lead.id, key, at);
    orders.put(key, order);
    changedOrders.add(order);
    return order;
  }

  void changed(OrderState order) {
    changedOrders.add(order);
  }

  // What is to be written.

  Collection<LeadState> leadsToWrite() {
    var all = new LinkedHashSet<>(newLeads);
    all.addAll(changedLeads);
    return all;
  }

  Map<Identity, LeadState> newIdentities() {
    return newIdentities;
  }

  Map<Identity, LeadState> movedIdentities() {
    return movedIdentities;
  }

  Collection<PageState> pagesToWrite() {
    return changedPages;
  }

  /** The closed ones first: a cart has to be closed before its successor is open. */
  Collection<CartState> cartsToWrite() {
    return changedCarts.stream().sorted((a, b) -> Boolean.compare(a.isOpen(), b.isOpen())).toList();
  }

  Collection<OrderState> ordersToWrite() {
    return changedOrders;
  }

  List<StageChange> stageChanges() {
    return stageChanges;
  }

  List<Merge> merges() {
    return merges;
  }
}
