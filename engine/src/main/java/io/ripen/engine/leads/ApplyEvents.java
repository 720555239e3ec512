package io.ripen.engine.leads;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import io.ripen.engine.signals.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns a batch of events into facts and signals: one look at what they concern, work in memory,
 * one transaction. An event that was applied before, by its message id, is left out; so a batch may
 * come any number of times, and side by side with others.
 */
@Component
@Profile("engine")
class ApplyEvents {

  private final BookReader reader;
  private final BookWriter writer;
  private final EventJdbc events;
  private final Consents consents;
  private final Signals signals;
  private final LeadsProperties properties;

  ApplyEvents(
      BookReader reader,
      BookWriter writer,
      EventJdbc events,
      Consents consents,
      Signals signals,
      LeadsProperties properties) {
    this.reader = reader;
    this.writer = writer;
    this.events = events;
    this.consents = consents;
    this.signals = signals;
    this.properties = properties;
  }

  /**
   * Applies the batch as a whole, or nothing of it.
   *
   * @throws org.springframework.dao.ConcurrencyFailureException when another batch changed the same
   *     leads meanwhile; apply it again
   */
  @Transactional
  public void apply(List<Event> batch) {
    Map<String, Event> distinct = new LinkedHashMap<>();
    batch.forEach(event -> distinct.putIfAbsent(event.messageId(), event));
    Set<String> applied = events.known(distinct.keySet());
    List<Event> fresh =
        distinct.values().stream().filter(event -> !applied.contains(event.messageId())).toList();
    if (fresh.isEmpty()) {
      return;
    }
    Book book = reader.read(fresh);
    var work = new Work(book, properties.newVisitAfter());
    fresh.forEach(work::apply);
    writer.write(book);
    events.add(work.applied());
    if (!work.consents().isEmpty()) {
      consents.record(work.consents());
    }
    signals.raise(work.occurrences());
  }

  /** An event and whose it is. */
  record Applied(Event event, LeadState lead) {}

  /** What is gathered while the events of a batch are applied, one after the other. */
  private static final class Work {

    private final Book book;
    private final Identify identify;
    private final Visits visits;
    private final Carts carts;
    private final List<Applied> applied = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final List<ConsentEvents.Told> told = new ArrayList<>();

    Work(Book book, java.time.Duration newVisitAfter) {
      this.book = book;
      this.identify = new Identify(book);
      this.visits = new Visits(book, newVisitAfter);
      this.carts = new Carts(book);
    }

    void apply(Event event) {
      Identify.Found found = identify.lead(event);
      LeadState lead = found.lead();
      applied.add(new Applied(event, lead));
      if (Traits.apply(event, lead)) {
        book.changed(lead);
      }
      if (lead.stage.equals("VISITOR") && lead.isKnown()) {
        book.stage(lead, "LEAD", event.occurredAt(), "left a way to reach them", cause(event));
      }
      Visits.Visit visit = visits.apply(event, lead);
      List<CartState> united = found.merged() == null ? List.of() : carts.unite(lead);
      Carts.Change change = carts.apply(event, lead);
      ConsentEvents.read(event, lead).ifPresent(told::add);

      Occurrence.Lead who =
          new Occurrence.Lead(lead.id, lead.stage, lead.isKnown(), lead.visits, visit.isNewVisit());
      for (CartState cart : united) {
        Occurrence.Cart closed = Carts.occurrence(cart, CartState.EMPTIED);
        occurrences.add(new Occurrence(event, who, null, closed, null));
      }
      occurrences.add(
          new Occurrence(event, who, visit.page(), cart(change), order(change.order())));
    }

    private static Occurrence.@Nullable Cart cart(Carts.Change change) {
      return change.cart() == null || change.what() == null
          ? null
          : Carts.occurrence(change.cart(), change.what());
    }

    private static Occurrence.@Nullable Order order(@Nullable OrderState order) {
      return order == null
          ? null
          : new Occurrence.Order(order.id, order.state, order.total, order.currency);
    }

    private static String cause(Event event) {
      return "event " + event.messageId();
    }

    List<Applied> applied() {
      return applied;
    }

    List<Occurrence> occurrences() {
      return occurrences;
    }

    /** By the leads as they are after all merges of the batch. */
    List<ConsentChange> consents() {
      return told.stream().map(each -> each.change(book)).collect(Collectors.toList());
    }
  }
}
