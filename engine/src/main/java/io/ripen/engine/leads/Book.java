package io.ripen.engine.leads;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.events.Event;
import io.ripen.engine.scoring.Decay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a batch of events concerns, in memory: read once before, written once after. Not for use
 * by several threads.
 */
final class Book {

  /** A change of a lead's stage, by an event. */
  record StageChange(
      LeadState lead, Stage from, Stage to, Event event, String reason, DecidedBy by) {}

  /**
   * Two leads that turned out to be one.
   *
   * @param before both and the merged one's carts as they were, as JSON
   */
  record Merge(LeadState survivor, LeadState merged, Instant at, String messageId, String before) {}

  /** A lead that comes into a segment, or drops out of it. */
  record Membership(LeadState lead, String segment, boolean enters, Instant at) {}

  private final Decay decay;
  private final Map<UUID, LeadState> leads = new HashMap<>();
  private final Map<Identity, Owner> owners = new TreeMap<>();
  private final Map<OrderState.Key, OrderState> orders = new HashMap<>();
  private final List<StageChange> stageChanges = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();
  private final List<Membership> memberships = new ArrayList<>();

  Book(Decay decay) {
    this.decay = decay;
  }

  /** How points fade. */
  Decay decay() {
    return decay;
  }

  void know(LeadState lead) {
    leads.put(lead.id, lead);
  }

  /** A lead's former id. */
  void know(UUID formerId, LeadState lead) {
    leads.put(formerId, lead);
  }

  void know(Owner owner) {
    owners.put(owner.identity, owner);
  }

  /** The order as it is known already, if it is. */
  OrderState know(OrderState order) {
    OrderState known = orders.putIfAbsent(order.key, order);
    return known == null ? order : known;
  }

  /** The lead of this id, or the one that it turned out to be. */
  @Nullable LeadState lead(UUID id) {
    LeadState lead = leads.get(id);
    return lead == null ? null : lead.survivor();
  }

  @Nullable Owner owner(@Nullable Identity identity) {
    return identity == null ? null : owners.get(identity);
  }

  LeadState newLead(Instant at) {
    var lead = new LeadState(UuidCreator.getTimeOrderedEpoch(), at, at);
    lead.isNew = true;
    leads.put(lead.id, lead);
    return lead;
  }

  /** An identity that was not known until now means this lead. */
  void assign(Identity identity, LeadState lead, Instant at) {
    var owner = new Owner(identity, lead, at);
    owner.isNew = true;
    owners.put(identity, owner);
    lead.isUser |= identity.kind().equals(Identity.USER);
  }

  void stage(LeadState lead, Stage to, Event event, String reason, DecidedBy by) {
    stageChanges.add(new StageChange(lead, lead.stage, to, event, reason, by));
    if (to == Stage.LEAD && lead.stage != Stage.VISITOR) {
      lead.backAt = event.occurredAt();
    }
    lead.stage = to;
    lead.isChanged = true;
  }

  /** Returns whether anything changes: who is in cannot come in. */
  boolean change(LeadState lead, SegmentChange change, Instant at) {
    boolean isNew =
        change.enters()
            ? lead.segments.add(change.segment())
            : lead.segments.remove(change.segment());
    if (isNew) {
      memberships.add(new Membership(lead, change.segment(), change.enters(), at));
    }
    return isNew;
  }

  void add(Merge merge) {
    merges.add(merge);
  }

  CartState newCart(LeadState lead, String site, String shopId, Instant at) {
    var cart = new CartState(UuidCreator.getTimeOrderedEpoch(), lead, site, shopId, at);
    cart.isChanged = true;
    lead.carts.add(cart);
    return cart;
  }

  @Nullable OrderState order(OrderState.Key key) {
    return orders.get(key);
  }

  OrderState newOrder(LeadState lead, OrderState.Key key, Instant at) {
    var order = new OrderState(UuidCreator.getTimeOrderedEpoch(), lead.id, key, at);
    order.isChanged = true;
    orders.put(key, order);
    return order;
  }

  Collection<LeadState> leads() {
    return leads.values();
  }

  /** In the order of their values, so that batches that meet wait for each other in one order. */
  Collection<Owner> owners() {
    return owners.values();
  }

  Collection<OrderState> orders() {
    return orders.values();
  }

  List<StageChange> stageChanges() {
    return stageChanges;
  }

  List<Membership> memberships() {
    return memberships;
  }

  List<Merge> merges() {
    return merges;
  }
}
