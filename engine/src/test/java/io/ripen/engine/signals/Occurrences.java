package io.ripen.engine.signals;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence.Cart;
import io.ripen.engine.signals.Occurrence.Lead;
import io.ripen.engine.signals.Occurrence.Order;
import io.ripen.engine.signals.Occurrence.Page;
import io.ripen.engine.signals.Occurrence.Progress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What tests let happen. */
final class Occurrences {

  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final UUID LEAD = UUID.fromString("01900000-0000-7000-8000-000000000001");
  static final UUID CART = UUID.fromString("01900000-0000-7000-8000-00000000000c");
  static final UUID ORDER = UUID.fromString("01900000-0000-7000-8000-00000000000d");

  private Occurrences() {}

  static Occurrence track(String name) {
    return new Occurrence(event("track", name, NOON), lead(1, false), null, null, null);
  }

  /** By somebody whom there is a way to reach. */
  static Occurrence known(Occurrence occurrence) {
    Lead lead = occurrence.lead();
    return new Occurrence(
        occurrence.event(),
        new Lead(
            lead.id(),
            "LEAD",
            true,
            lead.visits(),
            lead.newVisit(),
            lead.answerCount(),
            lead.progress()),
        occurrence.page(),
        occurrence.cart(),
        occurrence.order());
  }

  /** By a lead of this stage, who can be reached, has been there so often and answered so much. */
  static Occurrence engaged(
      Occurrence occurrence, String stage, int visits, boolean newVisit, int answers) {
    return new Occurrence(
        occurrence.event(),
        new Lead(LEAD, stage, true, visits, newVisit, answers, new Progress(false, 0, 0, null)),
        occurrence.page(),
        occurrence.cart(),
        occurrence.order());
  }

  /** By somebody of this stage, whom it may have made that. */
  static Occurrence of(String stage, boolean newStage, Occurrence occurrence) {
    return new Occurrence(
        occurrence.event(),
        new Lead(LEAD, stage, true, 1, false, 0, new Progress(newStage, 0, 0, null)),
        occurrence.page(),
        occurrence.cart(),
        occurrence.order());
  }

  static Occurrence page(int leadVisits, boolean newVisit, int pageVisits, boolean newPageVisit) {
    return new Occurrence(
        event("page", "", NOON),
        lead(leadVisits, newVisit),
        new Page("/pricing", pageVisits, newPageVisit),
        null,
        null);
  }

  static Occurrence progress(String stage, boolean newStage, int scoreBefore, int score) {
    return new Occurrence(
        event("track", "Page Read", NOON),
        new Lead(LEAD, stage, true, 1, false, 0, new Progress(newStage, scoreBefore, score, null)),
        null,
        null,
        null);
  }

  /** By somebody whom there is no way to reach. */
  static Occurrence unreachable(Occurrence occurrence) {
    Lead lead = occurrence.lead();
    return new Occurrence(
        occurrence.event(),
        new Lead(
            lead.id(),
            lead.stage(),
            false,
            lead.visits(),
            lead.newVisit(),
            lead.answerCount(),
            lead.progress()),
        occurrence.page(),
        occurrence.cart(),
        occurrence.order());
  }

  /** By a decision of a flow or a salesperson. */
  static Occurrence decided(Occurrence occurrence) {
    return new Occurrence(
        event("track", "Stage Changed", NOON), occurrence.lead(), null, null, null);
  }

  static Occurrence cart(String change) {
    return cart(change, CART, NOON);
  }

  static Occurrence cart(String change, UUID id, Instant at) {
    return new Occurrence(
        event("track", "Product Added", at),
        lead(1, false),
        null,
        new Cart(id, change, 1, BigDecimal.TEN, "EUR"),
        null);
  }

  static Occurrence order(String change, boolean withCart) {
    return new Occurrence(
        event("track", "Order Completed", NOON),
        lead(1, false),
        null,
        withCart ? new Cart(CART, "ordered", 1, BigDecimal.TEN, "EUR") : null,
        new Order(ORDER, change, BigDecimal.TEN, "EUR"));
  }

  static Lead lead(int visits, boolean newVisit) {
    return new Lead(LEAD, "VISITOR", false, visits, newVisit, 0, new Progress(false, 0, 0, null));
  }

  static Event event(String type, String name, Instant at) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new Event(
        UuidCreator.getTimeOrderedEpoch().toString(),
        type,
        name,
        null,
        "visitor",
        null,
        null,
        null,
        at,
        at,
        "shop",
        empty,
        empty,
        empty);
  }
}
