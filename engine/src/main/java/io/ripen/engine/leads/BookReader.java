package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads all that a batch concerns: a query per table, however many events. Identities and leads are
 * locked in one order, so that batches that meet wait for each other.
 */
@Component
@Profile("engine")
final class BookReader {

  private final JdbcClient jdbc;

  BookReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Book read(List<Event> events) {
    var book = new Book();
    Map<Identity, UUID> owners = owners(events);
    Set<UUID> leadIds = new LinkedHashSet<>(owners.values());
    leadIds.addAll(namedLeads(events));
    leads(leadIds).forEach(book::know);
    owners.forEach(book::know);
    if (leadIds.isEmpty()) {
      orders(events).forEach(book::know);
      return book;
    }
    Set<UUID> mayMerge = mayMerge(events, owners);
    identities(mayMerge).forEach(book::know);
    pages(events, owners, mayMerge).forEach(book::know);
    carts(shoppers(events, owners, mayMerge)).forEach(book::know);
    orders(events).forEach(book::know);
    return book;
  }

  private Map<Identity, UUID> owners(List<Event> events) {
    Set<Identity> asked =
        events.stream().flatMap(BookReader::identitiesOf).collect(Collectors.toSet());
    Map<Identity, UUID> owners = new TreeMap<>();
    if (!asked.isEmpty()) {
      jdbc.sql(
              """
              select i.kind, i.value, i.lead_id
              from lead_identity i
              join unnest(:kinds::text[], :values::text[]) as a (kind, value)
                on i.kind = a.kind and i.value = a.value
              order by i.kind, i.value
              for no key update of i
              """)
          .param("kinds", Rows.column(asked, Identity::kind))
          .param("values", Rows.column(asked, Identity::value))
          .query(
              (row, n) ->
                  owners.put(
                      new Identity(row.getString("kind"), row.getString("value")),
                      row.getObject("lead_id", UUID.class)))
          .list();
    }
    return owners;
  }

  /** The leads that Ripen's own events name, as they are called today. */
  private List<UUID> namedLeads(List<Event> events) {
    Set<UUID> named =
        events.stream().map(Event::leadId).filter(Objects::nonNull).collect(Collectors.toSet());
    return named.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select id from lead where id = any(:ids::uuid[])
                union
                select merged_into from lead where id = any(:ids::uuid[]) and merged_into is not null
                """)
            .param("ids", Rows.column(named, id -> id))
            .query(UUID.class)
            .list();
  }

  private List<LeadState> leads(Set<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql("select * from lead where id = any(:ids::uuid[]) order by id for update")
        .param("ids", Rows.column(ids, id -> id))
        .query((row, n) -> Rows.lead(row))
        .list();
  }

  private Map<Identity, UUID> identities(Set<UUID> leads) {
    Map<Identity, UUID> identities = new TreeMap<>();
    if (!leads.isEmpty()) {
      jdbc.sql("select kind, value, lead_id from lead_identity where lead_id = any(:ids::uuid[])")
          .param("ids", Rows.column(leads, id -> id))
          .query(
              (row, n) ->
                  identities.put(
                      new Identity(row.getString("kind"), row.getString("value")),
                      row.getObject("lead_id", UUID.class)))
          .list();
    }
    return identities;
  }

  private List<PageState> pages(
      List<Event> events, Map<Identity, UUID> owners, Set<UUID> mayMerge) {
    Set<PageState.Key> asked =
        events.stream()
            .filter(event -> Visits.path(event) != null)
            .flatMap(
                event ->
                    leadsOf(event, owners)
                        .map(id -> new PageState.Key(id, String.valueOf(Visits.path(event)))))
            .collect(Collectors.toSet());
    if (asked.isEmpty() && mayMerge.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select p.* from page_visit p
            join unnest(:leads::uuid[], :paths::text[]) as a (lead_id, path)
              on p.lead_id = a.lead_id and p.path = a.path
            union
            select * from page_visit where lead_id = any(:whole::uuid[])
            """)
        .param("leads", Rows.column(asked, PageState.Key::leadId))
        .param("paths", Rows.column(asked, PageState.Key::path))
        .param("whole", Rows.column(mayMerge, id -> id))
        .query((row, n) -> Rows.page(row))
        .list();
  }

  /** Open carts, and those closed of late, by which an event is seen to come after its time. */
  private List<CartState> carts(Set<UUID> leads) {
    if (leads.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select * from cart where lead_id = any(:ids::uuid[]) and state = 'open'
            union all
            select c.* from (
              select distinct on (lead_id, site, shop_id) * from cart
              where lead_id = any(:ids::uuid[]) and state <> 'open'
              order by lead_id, site, shop_id, updated_at desc) c
            """)
        .param("ids", Rows.column(leads, id -> id))
        .query((row, n) -> Rows.cart(row))
        .list();
  }

  private List<OrderState> orders(List<Event> events) {
    Set<OrderState.Key> asked =
        events.stream()
            .filter(event -> event.name().startsWith("Order "))
            .map(Carts::orderKey)
            .collect(Collectors.toSet());
    if (asked.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select o.* from customer_order o
            join unnest(:sites::text[], :ids::text[]) as a (site, shop_id)
              on o.site = a.site and o.shop_id = a.shop_id
            for update of o
            """)
        .param("sites", Rows.column(asked, OrderState.Key::site))
        .param("ids", Rows.column(asked, OrderState.Key::shopId))
        .query((row, n) -> Rows.order(row))
        .list();
  }

  /** Leads of events that name two ids which are not yet known to be one person's. */
  private static Set<UUID> mayMerge(List<Event> events, Map<Identity, UUID> owners) {
    return events.stream()
        .filter(event -> identitiesOf(event).map(owners::get).distinct().count() > 1)
        .flatMap(event -> leadsOf(event, owners))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<UUID> shoppers(
      List<Event> events, Map<Identity, UUID> owners, Set<UUID> mayMerge) {
    Set<UUID> shoppers = new TreeSet<>(mayMerge);
    events.stream()
        .filter(event -> Carts.EVENTS.contains(event.name()))
        .flatMap(event -> leadsOf(event, owners))
        .forEach(shoppers::add);
    return shoppers;
  }

  private static Stream<UUID> leadsOf(Event event, Map<Identity, UUID> owners) {
    return Stream.concat(
        event.leadId() == null ? Stream.empty() : Stream.of(event.leadId()),
        identitiesOf(event).map(owners::get).filter(Objects::nonNull));
  }

  private static Stream<Identity> identitiesOf(Event event) {
    return Stream.of(
            identity(event.userId(), Identity::user),
            identity(event.anonymousId(), Identity::anonymous),
            identity(event.previousId(), Identity::user),
            identity(event.previousId(), Identity::anonymous))
        .flatMap(Collection::stream);
  }

  private static List<Identity> identity(@Nullable String id, Function<String, Identity> identity) {
    return id == null ? List.of() : List.of(identity.apply(id));
  }

  /** A batch that read what another one was about to change must read again. */
  static PessimisticLockingFailureException readAgain(String what) {
    return new PessimisticLockingFailureException(what + " was changed by another batch meanwhile");
  }
}
