package io.ripen.engine.leads;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.leads.ApplyEvents.Applied;
import io.ripen.engine.signals.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the events of one batch to its book, one after the other, and gathers what follows. */
final class Work {

  private final Book book;
  private final Identify identify;
  private final Visits visits;
  private final Carts carts;
  private final Orders orders;
  private final List<Applied> applied = new ArrayList<>();
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final List<Consent> consents = new ArrayList<>();

  private record Consent(Event event, LeadState lead, ConsentEvents.Told told) {}

  Work(Book book, Duration newVisitAfter) {
    this.book = book;
    this.identify = new Identify(book);
    this.visits = new Visits(newVisitAfter);
    this.carts = new Carts(book);
    this.orders = new Orders(book);
  }

  /**
   * Applies one event.
   *
   * @throws InvalidEvent when it cannot be; nothing is changed then
   */
  void apply(Event event) throws InvalidEvent {
    Optional<ConsentEvents.Told> consent = ConsentEvents.read(event);
    int merges = book.merges().size();
    LeadState lead = identify.lead(event);
    Traits.apply(event, lead);
    if (lead.stage.equals("VISITOR") && lead.isReachable()) {
      String cause = "event " + event.messageId();
      book.stage(lead, "LEAD", event.occurredAt(), "left a way to reach them", cause);
    }
    Visits.Visit visit = visits.apply(event, lead);
    List<Carts.Change> united = book.merges().size() > merges ? unite(lead) : List.of();
    Carts.Change change = change(event, lead);
    consent.ifPresent(told -> consents.add(new Consent(event, lead, told)));
    applied.add(new Applied(event, lead));

    Occurrence.Lead who =
        new Occurrence.Lead(lead.id, lead.stage, lead.isReachable(), lead.visits, visit.isNew());
    for (Carts.Change ended : united) {
      occurrences.add(new Occurrence(event, who, null, ended.cart(), ended.order()));
    }
    occurrences.add(new Occurrence(event, who, visit.page(), change.cart(), change.order()));
  }

  List<Applied> applied() {
    return applied;
  }

  List<Occurrence> occurrences() {
    return occurrences;
  }

  /** By the leads as they are after all merges of the batch. */
  List<ConsentChange> consents() {
    return consents.stream()
        .map(consent -> consent.told().change(consent.event(), consent.lead().survivor()))
        .toList();
  }

  /** What was bought ends first, so that it does not become part of a cart that goes on. */
  private static List<Carts.Change> unite(LeadState lead) {
    List<Carts.Change> ended = new ArrayList<>(Orders.claim(lead));
    for (CartState cart : Carts.unite(lead)) {
      ended.add(new Carts.Change(Carts.occurrence(cart, CartState.EMPTIED), null));
    }
    return ended;
  }

  private Carts.Change change(Event event, LeadState lead) {
    if (!Carts.EVENTS.contains(event.name()) || !event.type().equals("track")) {
      return Carts.Change.NONE;
    }
    return event.name().startsWith("Order ") ? orders.apply(event, lead) : carts.apply(event, lead);
  }
}
