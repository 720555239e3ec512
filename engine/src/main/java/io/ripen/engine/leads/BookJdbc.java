package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.scoring.Decay;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads all that a batch concerns, and writes what it changed: a statement or two per table,
 * however many events. The leads are locked in between, in one order.
 */
final class BookJdbc {

  private final IdentityJdbc identities;
  private final LeadJdbc leads;
  private final PageVisitJdbc pages;
  private final CartJdbc carts;
  private final OrderJdbc orders;
  private final MergeJdbc merges;
  private final ScoreJdbc scores;
  private final SegmentJdbc segments;
  private final Decay decay;

  /**
   * @param byCondition as {@link MergeJdbc}
   */
  BookJdbc(JdbcClient jdbc, Decay decay, Supplier<Set<String>> byCondition) {
    this.decay = decay;
    this.scores = new ScoreJdbc(jdbc);
    this.segments = new SegmentJdbc(jdbc);
    this.identities = new IdentityJdbc(jdbc);
    this.leads = new LeadJdbc(jdbc);
    this.pages = new PageVisitJdbc(jdbc);
    this.carts = new CartJdbc(jdbc);
    this.orders = new OrderJdbc(jdbc);
    this.merges = new MergeJdbc(jdbc, byCondition);
  }

  /**
   * Reads what the events concern, and locks their leads.
   *
   * @param scored whether an event gives points
   */
  Book read(List<Event> events, Predicate<Event> scored) {
    var book = new Book(decay);
    List<IdentityJdbc.Row> owners =
        identities.owners(
            events.stream().flatMap(BookJdbc::identities).collect(Collectors.toSet()));
    Map<UUID, UUID> named = named(events);
    Set<UUID> ids = new LinkedHashSet<>(named.values());
    owners.forEach(owner -> ids.add(owner.leadId()));
    if (!ids.isEmpty()) {
      leads.lock(ids).forEach(book::know);
      named.forEach((former, now) -> book.know(former, still(book.lead(now))));
      Map<Identity, UUID> leadsByIdentity = new HashMap<>();
      for (IdentityJdbc.Row row : owners) {
        LeadState lead = still(book.lead(row.leadId()));
        book.know(new Owner(row.identity(), lead, row.since()));
        leadsByIdentity.put(row.identity(), lead.id);
      }
      readMore(events, scored, leadsByIdentity, book);
    }
    orders.read(
        events.stream()
            .filter(event -> event.name().startsWith("Order "))
            .map(Orders::key)
            .collect(Collectors.toSet()),
        book);
    return book;
  }

  void write(Book book) {
    Collection<LeadState> all = new LinkedHashSet<>(book.leads());
    leads.write(all);
    leads.write(book.stageChanges());
    orders.write(book.orders());
    merges.write(book.merges());
    scores.write(all);
    identities.write(book.owners());
    carts.write(all);
    pages.write(all);
    segments.write(book.memberships());
  }

  private void readMore(
      List<Event> events, Predicate<Event> scored, Map<Identity, UUID> owners, Book book) {
    Set<UUID> mayMerge = leads(events, owners, book, BookJdbc::namesTwo);
    if (!mayMerge.isEmpty()) {
      identities.users(mayMerge).forEach(id -> user(id, book));
      pages.readAll(mayMerge, book);
    }
    Set<PageState.Key> looks = new HashSet<>();
    for (Event event : events) {
      String path = Visits.path(event);
      if (path != null) {
        leads(event, owners, book)
            .filter(id -> !mayMerge.contains(id))
            .forEach(id -> looks.add(new PageState.Key(id, path)));
      }
    }
    pages.read(looks, book);
    Set<UUID> shoppers = leads(events, owners, book, event -> Carts.EVENTS.contains(event.name()));
    shoppers.addAll(mayMerge);
    Set<UUID> scorers = leads(events, owners, book, scored);
    scorers.addAll(mayMerge);
    scores.read(scorers, book);
    segments.read(leads(events, owners, book, SegmentChange::isToldBy), book);
    carts.read(shoppers, book);
    orders.readUnclaimed(shoppers, book);
  }

  private static LeadState still(@Nullable LeadState lead) {
    if (lead == null) {
      throw Rows.changedMeanwhile("a lead");
    }
    return lead;
  }

  private Map<UUID, UUID> named(List<Event> events) {
    Set<UUID> named =
        events.stream().map(Event::leadId).filter(Objects::nonNull).collect(Collectors.toSet());
    return named.isEmpty() ? Map.of() : leads.survivors(named);
  }

  private static void user(UUID id, Book book) {
    LeadState lead = book.lead(id);
    if (lead != null) {
      lead.isUser = true;
    }
  }

  private static Set<UUID> leads(
      List<Event> events, Map<Identity, UUID> owners, Book book, Predicate<Event> which) {
    return events.stream()
        .filter(which)
        .flatMap(event -> leads(event, owners, book))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** By their present ids: an event may name a lead that has become another since. */
  private static Stream<UUID> leads(Event event, Map<Identity, UUID> owners, Book book) {
    LeadState named = event.leadId() == null ? null : book.lead(event.leadId());
    return Stream.concat(
        Stream.ofNullable(named).map(lead -> lead.id),
        identities(event).map(owners::get).filter(Objects::nonNull));
  }

  /** Two leads become one only by an event that names two ids. */
  private static boolean namesTwo(Event event) {
    return (event.userId() != null || event.leadId() != null)
        && (event.anonymousId() != null || event.previousId() != null);
  }

  private static Stream<Identity> identities(Event event) {
    Stream.Builder<Identity> identities = Stream.builder();
    if (event.userId() != null) {
      identities.add(Identity.user(event.userId()));
    }
    if (event.anonymousId() != null) {
      identities.add(Identity.anonymous(event.anonymousId()));
    }
    if (event.previousId() != null) {
      identities.add(Identity.user(event.previousId()));
      identities.add(Identity.anonymous(event.previousId()));
    }
    return identities.build();
  }
}
