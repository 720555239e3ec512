package io.ripen.engine.leads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code cart}. */
final class CartJdbc {

  /** Open carts, and of those that ended the latest, by which an event is seen to come late. */
  private static final String READ =
      """
      select id, lead_id, site, shop_id, state, currency, url, items::text, opened_at, updated_at,
        content_at
      from cart where lead_id = any(:leads::uuid[]) and state = 'open'
      union all
      select e.id, e.lead_id, e.site, e.shop_id, e.state, e.currency, e.url, e.items::text,
        e.opened_at, e.updated_at, e.content_at
      from (
        select distinct on (lead_id, site, shop_id) * from cart
        where lead_id = any(:leads::uuid[]) and state <> 'open'
        order by lead_id, site, shop_id, updated_at desc) e
      """;

  private static final String WRITE =
      """
      insert into cart (id, lead_id, site, shop_id, state, currency, total, url, items,
        opened_at, updated_at, content_at)
      select * from unnest(:id::uuid[], :lead::uuid[], :site::text[], :shopId::text[],
        :state::text[], :currency::text[], :total::numeric[], :url::text[], :items::jsonb[],
        :openedAt::timestamptz[], :updatedAt::timestamptz[], :contentAt::timestamptz[])
      on conflict (id) do update set
        lead_id = excluded.lead_id, shop_id = excluded.shop_id, state = excluded.state,
        currency = excluded.currency, total = excluded.total, url = excluded.url,
        items = excluded.items, opened_at = excluded.opened_at,
        updated_at = excluded.updated_at, content_at = excluded.content_at
      """;

  private final JdbcClient jdbc;

  CartJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads into the leads. */
  void read(Set<UUID> leads, Book book) {
    if (!leads.isEmpty()) {
      jdbc.sql(READ)
          .param("leads", Rows.column(leads, id -> id))
          .query((row, n) -> read(row, book))
          .list();
    }
  }

  /** The ended ones first: a cart has to end before the next of the same name may be open. */
  void write(Collection<LeadState> leads) {
    List<CartState> carts =
        leads.stream().flatMap(lead -> lead.carts.stream()).filter(cart -> cart.isChanged).toList();
    write(carts.stream().filter(cart -> !cart.isOpen()).toList());
    write(carts.stream().filter(CartState::isOpen).toList());
  }

  private void write(List<CartState> carts) {
    if (carts.isEmpty()) {
      return;
    }
    jdbc.sql(WRITE)
        .param("id", Rows.column(carts, cart -> cart.id))
        .param("lead", Rows.column(carts, cart -> cart.lead.id))
        .param("site", Rows.column(carts, cart -> cart.site))
        .param("shopId", Rows.column(carts, cart -> cart.shopId))
        .param("state", Rows.column(carts, cart -> cart.state))
        .param("currency", Rows.column(carts, cart -> cart.currency))
        .param("total", Rows.column(carts, CartState::total))
        .param("url", Rows.column(carts, cart -> cart.url))
        .param("items", Rows.column(carts, cart -> Rows.json(cart.items)))
        .param("openedAt", Rows.column(carts, cart -> cart.openedAt))
        .param("updatedAt", Rows.column(carts, cart -> cart.updatedAt))
        .param("contentAt", Rows.column(carts, cart -> cart.contentAt))
        .update();
  }

  private static boolean read(ResultSet row, Book book) throws SQLException {
    LeadState lead = book.lead(Rows.uuid(row, 2));
    return lead != null && lead.carts.add(Rows.cart(row, lead));
  }
}
