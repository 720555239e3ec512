package io.ripen.engine.leads;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code customer_order}. */
final class OrderJdbc {

  private static final String COLUMNS =
      """
      select o.id, o.lead_id, o.site, o.shop_id, o.cart_id, o.cart_shop_id, o.state, o.currency,
        o.total, o.items::text, o.placed_at, o.updated_at
      """;

  private static final String READ =
      COLUMNS
          + """
          from customer_order o
          join unnest(:sites::text[], :ids::text[]) as a (site, shop_id)
            on o.site = a.site and o.shop_id = a.shop_id
          """;

  /** The latest are enough: an open cart is seldom older than many orders. */
  private static final String UNCLAIMED =
      COLUMNS
          + """
          from unnest(:leads::uuid[]) as l (id) cross join lateral (
            select * from customer_order where lead_id = l.id and cart_id is null
            order by placed_at desc limit 10) o
          """;

  private static final String WRITE =
      """
      insert into customer_order (id, lead_id, site, shop_id, cart_id, cart_shop_id, state,
        currency, total, items, placed_at, updated_at)
      select * from unnest(:id::uuid[], :lead::uuid[], :site::text[], :shopId::text[],
        :cart::uuid[], :cartShopId::text[], :state::text[], :currency::text[], :total::numeric[],
        :items::jsonb[], :placedAt::timestamptz[], :updatedAt::timestamptz[])
      on conflict (id) do update set
        cart_id = excluded.cart_id, cart_shop_id = excluded.cart_shop_id, state = excluded.state,
        currency = excluded.currency, total = excluded.total, items = excluded.items,
        placed_at = excluded.placed_at, updated_at = excluded.updated_at
      """;

  private final JdbcClient jdbc;

  OrderJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void read(Set<OrderState.Key> keys, Book book) {
    if (!keys.isEmpty()) {
      jdbc.sql(READ)
          .param("sites", Rows.column(keys, OrderState.Key::site))
          .param("ids", Rows.column(keys, OrderState.Key::shopId))
          .query((row, n) -> Rows.order(row))
          .list()
          .forEach(book::know);
    }
  }

  /** Reads into the leads what they last bought that was in no cart that we know. */
  void readUnclaimed(Set<UUID> leads, Book book) {
    if (!leads.isEmpty()) {
      jdbc.sql(UNCLAIMED)
          .param("leads", Rows.column(leads, id -> id))
          .query((row, n) -> Rows.order(row))
          .list()
          .forEach(order -> readUnclaimed(order, book));
    }
  }

  private static void readUnclaimed(OrderState order, Book book) {
    LeadState lead = book.lead(order.leadId);
    if (lead != null) {
      lead.unclaimedOrders.add(book.know(order));
    }
  }

  void write(Collection<OrderState> all) {
    List<OrderState> orders = all.stream().filter(order -> order.isChanged).toList();
    if (orders.isEmpty()) {
      return;
    }
    jdbc.sql(WRITE)
        .param("id", Rows.column(orders, order -> order.id))
        .param("lead", Rows.column(orders, order -> order.leadId))
        .param("site", Rows.column(orders, order -> order.key.site()))
        .param("shopId", Rows.column(orders, order -> order.key.shopId()))
        .param("cart", Rows.column(orders, order -> order.cartId))
        .param("cartShopId", Rows.column(orders, order -> order.cartShopId))
        .param("state", Rows.column(orders, order -> order.state))
        .param("currency", Rows.column(orders, order -> order.currency))
        .param("total", Rows.column(orders, order -> order.total))
        .param("items", Rows.column(orders, order -> Rows.json(order.items)))
        .param("placedAt", Rows.column(orders, order -> order.placedAt))
        .param("updatedAt", Rows.column(orders, order -> order.updatedAt))
        .update();
  }
}
