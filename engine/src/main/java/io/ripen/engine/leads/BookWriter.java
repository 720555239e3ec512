package io.ripen.engine.leads;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what a batch changed: a statement per table, however many rows. */
@Component
@Profile("engine")
final class BookWriter {

  private final JdbcClient jdbc;

  BookWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void write(Book book) {
    leads(book.leadsToWrite());
    newIdentities(book.newIdentities());
    movedIdentities(book.movedIdentities());
    carts(book.cartsToWrite());
    orders(book.ordersToWrite());
    merges(book);
    pages(book.pagesToWrite());
    stageChanges(book.stageChanges());
  }

  private void leads(Collection<LeadState> leads) {
    if (leads.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into lead (id, stage, email, phone, first_name, last_name, locale, time_zone,
              traits, visits, page_views, first_seen_at, last_seen_at, first_source, last_source,
              merged_into)
            select * from unnest(:id::uuid[], :stage::text[], :email::text[], :phone::text[],
              :firstName::text[], :lastName::text[], :locale::text[], :timeZone::text[],
              :traits::jsonb[], :visits::int[], :pageViews::bigint[], :firstSeenAt::timestamptz[],
              :lastSeenAt::timestamptz[], :firstSource::jsonb[], :lastSource::jsonb[],
              :mergedInto::uuid[])
            on conflict (id) do update set
              stage = excluded.stage, email = excluded.email, phone = excluded.phone,
              first_name = excluded.first_name, last_name = excluded.last_name,
              locale = excluded.locale, time_zone = excluded.time_zone, traits = excluded.traits,
              visits = excluded.visits, page_views = excluded.page_views,
              first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,
              first_source = excluded.first_source, last_source = excluded.last_source,
              merged_into = excluded.merged_into
            """)
        .param("id", Rows.column(leads, lead -> lead.id))
        .param("stage", Rows.column(leads, lead -> lead.stage))
        .param("email", Rows.column(leads, lead -> lead.email))
        .param("phone", Rows.column(leads, lead -> lead.phone))
        .param("firstName", Rows.column(leads, lead -> lead.firstName))
        .param("lastName", Rows.column(leads, lead -> lead.lastName))
        .param("locale", Rows.column(leads, lead -> lead.locale))
        .param("timeZone", Rows.column(leads, lead -> lead.timeZone))
        .param("traits", Rows.column(leads, lead -> lead.traits))
        .param("visits", Rows.column(leads, lead -> lead.visits))
        .param("pageViews", Rows.column(leads, lead -> lead.pageViews))
        .param("firstSeenAt", Rows.column(leads, lead -> lead.firstSeenAt))
        .param("lastSeenAt", Rows.column(leads, lead -> lead.lastSeenAt))
        .param("firstSource", Rows.column(leads, lead -> lead.firstSource))
        .param("lastSource", Rows.column(leads, lead -> lead.lastSource))
        .param("mergedInto", Rows.column(leads, lead -> lead.mergedInto))
        .update();
  }

  /** Another batch may have met the same new visitor; then this one has to read again. */
  private void newIdentities(Map<Identity, LeadState> identities) {
    if (identities.isEmpty()) {
      return;
    }
    int added =
        jdbc.sql(
                """
                insert into lead_identity (kind, value, lead_id, since)
                select * from unnest(:kinds::text[], :values::text[], :leads::uuid[],
                  :since::timestamptz[])
                on conflict (kind, value) do nothing
                """)
            .param("kinds", Rows.column(identities.keySet(), Identity::kind))
            .param("values", Rows.column(identities.keySet(), Identity::value))
            .param("leads", Rows.column(identities.values(), lead -> lead.id))
            .param("since", Rows.column(identities.values(), lead -> lead.firstSeenAt))
            .update();
    if (added < identities.size()) {
      throw BookReader.readAgain("an identity");
    }
  }

  private void movedIdentities(Map<Identity, LeadState> identities) {
    if (identities.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update lead_identity i set lead_id = m.lead_id
            from unnest(:kinds::text[], :values::text[], :leads::uuid[]) as m (kind, value, lead_id)
            where i.kind = m.kind and i.value = m.value
            """)
        .param("kinds", Rows.column(identities.keySet(), Identity::kind))
        .param("values", Rows.column(identities.keySet(), Identity::value))
        .param("leads", Rows.column(identities.values(), lead -> lead.id))
        .update();
  }

  private void carts(Collection<CartState> carts) {
    if (carts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into cart (id, lead_id, site, shop_id, state, currency, total, url, items,
              opened_at, updated_at)
            select * from unnest(:id::uuid[], :lead::uuid[], :site::text[], :shopId::text[],
              :state::text[], :currency::text[], :total::numeric[], :url::text[], :items::jsonb[],
              :openedAt::timestamptz[], :updatedAt::timestamptz[])
            on conflict (id) do update set
              lead_id = excluded.lead_id, state = excluded.state, currency = excluded.currency,
              total = excluded.total, url = excluded.url, items = excluded.items,
              updated_at = excluded.updated_at
            """)
        .param("id", Rows.column(carts, cart -> cart.id))
        .param("lead", Rows.column(carts, cart -> cart.leadId))
        .param("site", Rows.column(carts, cart -> cart.site))
        .param("shopId", Rows.column(carts, cart -> cart.shopId))
        .param("state", Rows.column(carts, cart -> cart.state))
        .param("currency", Rows.column(carts, cart -> cart.currency))
        .param("total", Rows.column(carts, CartState::total))
        .param("url", Rows.column(carts, cart -> cart.url))
        .param("items", Rows.column(carts, cart -> Rows.json(cart.items)))
        .param("openedAt", Rows.column(carts, cart -> cart.openedAt))
        .param("updatedAt", Rows.column(carts, cart -> cart.updatedAt))
        .update();
  }

  private void orders(Collection<OrderState> orders) {
    if (orders.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into customer_order (id, lead_id, site, shop_id, cart_id, state, currency, total,
              items, placed_at, updated_at)
            select * from unnest(:id::uuid[], :lead::uuid[], :site::text[], :shopId::text[],
              :cart::uuid[], :state::text[], :currency::text[], :total::numeric[],
              :items::jsonb[], :placedAt::timestamptz[], :updatedAt::timestamptz[])
            on conflict (id) do update set
              lead_id = excluded.lead_id, state = excluded.state, updated_at = excluded.updated_at
            """)
        .param("id", Rows.column(orders, order -> order.id))
        .param("lead", Rows.column(orders, order -> order.leadId))
        .param("site", Rows.column(orders, order -> order.key.site()))
        .param("shopId", Rows.column(orders, order -> order.key.shopId()))
        .param("cart", Rows.column(orders, order -> order.cartId))
        .param("state", Rows.column(orders, order -> order.state))
        .param("currency", Rows.column(orders, order -> order.currency))
        .param("total", Rows.column(orders, order -> order.total))
        .param("items", Rows.column(orders, order -> Rows.json(order.items)))
        .param("placedAt", Rows.column(orders, order -> order.placedAt))
        .param("updatedAt", Rows.column(orders, order -> order.updatedAt))
        .update();
  }

  /** What was the merged lead's and was not read: closed carts, orders, leads merged before. */
  private void merges(Book book) {
    List<Book.Merge> merges = book.merges();
    if (merges.isEmpty()) {
      return;
    }
    for (String move :
        List.of(
            "update cart c set lead_id = m.survivor",
            "update customer_order c set lead_id = m.survivor",
            "update lead c set merged_into = m.survivor")) {
      jdbc.sql(
              move
                  + " from unnest(:merged::uuid[], :survivors::uuid[]) as m (merged, survivor)"
                  + (move.startsWith("update lead")
                      ? " where c.merged_into = m.merged"
                      : " where c.lead_id = m.merged"))
          .param("merged", Rows.column(merges, merge -> merge.merged().id))
          .param("survivors", Rows.column(merges, merge -> book.survivor(merge.merged()).id))
          .update();
    }
    jdbc.sql("delete from page_visit where lead_id = any(:merged::uuid[])")
        .param("merged", Rows.column(merges, merge -> merge.merged().id))
        .update();
    jdbc.sql(
            """
            insert into lead_merge (survivor_id, merged_id, merged_at, message_id, before)
            select m.survivor, m.merged, now(), m.message, m.before
            from unnest(:survivors::uuid[], :merged::uuid[], :messages::text[], :before::jsonb[])
              as m (survivor, merged, message, before)
            """)
        .param("survivors", Rows.column(merges, merge -> merge.survivor().id))
        .param("merged", Rows.column(merges, merge -> merge.merged().id))
        .param("messages", Rows.column(merges, Book.Merge::messageId))
        .param("before", Rows.column(merges, Book.Merge::before))
        .update();
  }

  private void pages(Collection<PageState> pages) {
    if (pages.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into page_visit (lead_id, path, visits, first_at, last_at)
            select * from unnest(:leads::uuid[], :paths::text[], :visits::int[],
              :firstAt::timestamptz[], :lastAt::timestamptz[])
            on conflict (lead_id, path) do update set
              visits = excluded.visits, first_at = excluded.first_at, last_at = excluded.last_at
            """)
        .param("leads", Rows.column(pages, page -> page.leadId))
        .param("paths", Rows.column(pages, page -> page.path))
        .param("visits", Rows.column(pages, page -> page.visits))
        .param("firstAt", Rows.column(pages, page -> page.firstAt))
        .param("lastAt", Rows.column(pages, page -> page.lastAt))
        .update();
  }

  private void stageChanges(List<Book.StageChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause)
            select * from unnest(:leads::uuid[], :from::text[], :to::text[], :at::timestamptz[],
              :reasons::text[], :causes::text[])
            """)
        .param("leads", Rows.column(changes, change -> change.lead().id))
        .param("from", Rows.column(changes, Book.StageChange::from))
        .param("to", Rows.column(changes, Book.StageChange::to))
        .param("at", Rows.column(changes, Book.StageChange::at))
        .param("reasons", Rows.column(changes, Book.StageChange::reason))
        .param("causes", Rows.column(changes, Book.StageChange::cause))
        .update();
  }
}
