package io.ripen.engine.console;

import io.ripen.engine.onsite.ChatAddress;
import io.ripen.engine.said.Said;
import io.ripen.engine.scoring.Readiness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is known of one lead. */
@Component
@Profile("engine")
final class LeadCardJdbc {

  private static final int MOST = 20;

  private final JdbcClient jdbc;
  private final LeadsJdbc leads;

  LeadCardJdbc(JdbcClient jdbc, LeadsJdbc leads) {
    this.jdbc = jdbc;
    this.leads = leads;
  }

  /** What a lead has several of. */
  private record Lists(
      List<LeadCard.Points> points,
      List<LeadCard.StageChange> stages,
      List<LeadCard.Identity> identities,
      List<LeadCard.Consent> consents,
      List<LeadCard.Cart> carts,
      List<LeadCard.Order> orders,
      List<UUID> merged) {}

  Optional<LeadCard> find(UUID id) {
    // Not while the lead's own row is read: each query needs a connection, and a thread that has
    // one
    // must not wait for another.
    Lists lists =
        new Lists(
            points(id),
            stages(id),
            identities(id),
            consents(id),
            carts(id),
            orders(id),
            merged(id));
    return jdbc.sql(
            """
            select l.*,
              array(select segment from segment_member where lead_id = l.id order by 1) as segments,
              (select reason from suppression s
                where s.channel = 'email' and s.address = lower(l.email)
                order by s.reason = 'unsubscribed', s.since desc limit 1) as suppressed,
              coalesce(%s, false) as says_address
            from lead l where id = :id
            """
                .formatted(ChatAddress.IS_UNPROVEN))
        .param("id", id)
        .query((row, number) -> card(row, lists))
        .optional();
  }

  private LeadCard card(ResultSet row, Lists lists) throws SQLException {
    Readiness.Now now = leads.now(row);
    return new LeadCard(
        row.getObject("id", UUID.class),
        row.getString("stage"),
        now.score(),
        now.temperature().lower(),
        row.getString("email"),
        row.getBoolean("says_address"),
        row.getString("phone"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("locale"),
        row.getString("time_zone"),
        row.getInt("visits"),
        row.getLong("page_views"),
        LeadsJdbc.instant(row, "first_seen_at"),
        LeadsJdbc.instant(row, "last_seen_at"),
        SourceWords.withClick(Json.parse(row.getString("first_source"))),
        SourceWords.withClick(Json.parse(row.getString("last_source"))),
        row.getString("suppressed"),
        List.of((String[]) row.getArray("segments").getArray()),
        lists.points(),
        lists.stages(),
        lists.identities(),
        lists.consents(),
        lists.carts(),
        lists.orders(),
        lists.merged());
  }

  private List<LeadCard.Points> points(UUID id) {
    return jdbc.sql(
            """
            select reason, sum(points) as points, count(*) as times from score_entry
            where lead_id = :id group by reason order by abs(sum(points)) desc, reason limit :most
            """)
        .param("id", id)
        .param("most", MOST)
        .query(
            (row, number) ->
                new LeadCard.Points(
                    row.getString("reason"), row.getInt("points"), row.getInt("times")))
        .list();
  }

  /** Also those of the leads that turned out to be this one. */
  private List<LeadCard.StageChange> stages(UUID id) {
    return jdbc.sql(
            """
            select from_stage, to_stage, changed_at, reason, cause, %s as by_whom
            from stage_change where lead_id = any(:leads) order by changed_at desc, id desc limit :most
            """
                .formatted(StageBy.COLUMNS))
        .param("leads", leads.same(id))
        .param("most", MOST)
        .query(
            (row, number) ->
                new LeadCard.StageChange(
                    row.getString("from_stage"),
                    row.getString("to_stage"),
                    LeadsJdbc.instant(row, "changed_at"),
                    row.getString("reason"),
                    row.getString("cause"),
                    Json.parse(row.getString("by_whom"))))
        .list();
  }

  private List<LeadCard.Identity> identities(UUID id) {
    return jdbc.sql(
            """
            select kind, value from lead_identity where lead_id = :id
            order by kind desc, since limit :most
            """)
        .param("id", id)
        .param("most", MOST)
        .query(
            (row, number) -> new LeadCard.Identity(row.getString("kind"), row.getString("value")))
        .list();
  }

  private List<LeadCard.Consent> consents(UUID id) {
    return jdbc.sql(
            """
            select distinct on (channel, purpose) channel, purpose, granted, changed_at
            from consent c join lead l on l.id = :id
            where purpose <> 'confirmation' and (lead_id = :id or lead_id in
              (select m.id from lead m where m.merged_into = :id)) and %s
            order by channel, purpose, %s
            """
                .formatted(Said.HOLDS, Said.NEWEST))
        .param("id", id)
        .query(
            (row, number) ->
                new LeadCard.Consent(
                    row.getString("channel"),
                    row.getString("purpose"),
                    row.getBoolean("granted"),
                    LeadsJdbc.instant(row, "changed_at")))
        .list();
  }

  private List<LeadCard.Cart> carts(UUID id) {
    return jdbc.sql(
            """
            select id, site, total, currency, items, updated_at from cart
            where lead_id = :id and state = 'open' order by updated_at desc limit :most
            """)
        .param("id", id)
        .param("most", MOST)
        .query(
            (row, number) ->
                new LeadCard.Cart(
                    row.getObject("id", UUID.class),
                    row.getString("site"),
                    total(row),
                    items(row.getString("items")),
                    LeadsJdbc.instant(row, "updated_at")))
        .list();
  }

  private List<LeadCard.Order> orders(UUID id) {
    return jdbc.sql(
            """
            select shop_id, state, total, currency, placed_at from customer_order
            where lead_id = :id order by placed_at desc limit :most
            """)
        .param("id", id)
        .param("most", MOST)
        .query(
            (row, number) ->
                new LeadCard.Order(
                    row.getString("shop_id"),
                    row.getString("state"),
                    total(row),
                    LeadsJdbc.instant(row, "placed_at")))
        .list();
  }

  private List<UUID> merged(UUID id) {
    return jdbc.sql("select id from lead where merged_into = :id limit :most")
        .param("id", id)
        .param("most", MOST)
        .query(UUID.class)
        .list();
  }

  private static String total(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    return Json.money(row.getBigDecimal("total"), currency == null ? "" : currency);
  }

  private static List<String> items(String json) {
    return StreamSupport.stream(Json.parse(json).spliterator(), false)
        .map(
            item -> {
              String quantity = Json.plain(Json.number(item, "quantity"));
              String name = Json.text(item, "name", "sku", "productId");
              return quantity.isEmpty() || quantity.equals("1") ? name : quantity + " × " + name;
            })
        .toList();
  }
}
