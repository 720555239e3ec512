package io.ripen.engine.leads;

import io.ripen.engine.said.Said;
import io.ripen.engine.scoring.Readiness;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One query for all that conditions and templates may ask for. */
@Component
final class LeadFactsJdbc implements LeadFacts, FactsOfMany {

  /** Who did something so lately still has the page open, most likely. */
  private static final Duration STILL_THERE = Duration.ofMinutes(5);

  private static final UUID NOBODY = new UUID(0, 0);

  private static final String QUERY =
      """
      select l.*, c.id as c_id, c.shop_id as c_shop_id, c.state as c_state,
        c.currency as c_currency, c.url as c_url, c.items as c_items, c.opened_at as c_opened_at,
        c.updated_at as c_updated_at,
        e.name as e_name, e.type as e_type, e.properties as e_properties,
        e.context -> 'page' as e_page,
        (select count(*) from cart where lead_id = l.id and state = 'open') as open_carts,
        placed.orders, placed.last_order_at,
        (select jsonb_object_agg(said.channel, said.purposes) from (
           select newest.channel, jsonb_object_agg(newest.purpose, newest.granted) as purposes
           from (
             select distinct on (channel, purpose) channel, purpose, granted from consent c
             where lead_id in (
               select l.id union all select id from lead where merged_into = l.id)
               and %s
             order by channel, purpose, %s) newest
           group by newest.channel) said) as consents,
        o.id as o_id, o.shop_id as o_shop_id, o.state as o_state, o.currency as o_currency,
        o.total as o_total, o.items as o_items, o.placed_at as o_placed_at,
        exists (
          select 1 from lead_identity i join push_subscription p on p.browser = i.value
          where i.kind = 'anonymous' and i.lead_id = l.id) as takes_push,
        array(select segment from segment_member where lead_id = l.id order by segment) as segments
      from lead asked
      join lead l on l.id = coalesce(asked.merged_into, asked.id)
      left join cart c on c.id = :cart::uuid and c.lead_id = l.id
      left join event e on e.message_id = :event::text
      cross join lateral (
        select count(*) as orders, max(placed_at) as last_order_at from customer_order
        where lead_id = l.id and state = 'placed') placed
      left join lateral (
        select * from customer_order
        where lead_id = l.id
          and case when :order::uuid is null then state = 'placed' else id = :order::uuid end
        order by placed_at desc limit 1) o on true
      where asked.id = any(:leads::uuid[])
      """
          .formatted(Said.HOLDS, Said.NEWEST);

  private final JdbcClient jdbc;
  private final Readiness readiness;
  private final Clock clock;

  LeadFactsJdbc(JdbcClient jdbc, Readiness readiness, Clock clock) {
    this.clock = clock;
    this.jdbc = jdbc;
    this.readiness = readiness;
  }

  @Override
  public Optional<Facts> read(Subject subject) {
    return query(List.of(subject.leadId()), subject, QUERY).optional();
  }

  @Override
  public List<Facts> readAll(Collection<UUID> leads) {
    return query(leads, Subject.lead(NOBODY), QUERY + "and asked.merged_into is null").list();
  }

  private MappedQuerySpec<Facts> query(Collection<UUID> leads, Subject subject, String query) {
    return jdbc.sql(query)
        .param("leads", Rows.column(leads, id -> id))
        .param("cart", subject.cartId() == null ? null : subject.cartId().toString())
        .param("order", subject.orderId() == null ? null : subject.orderId().toString())
        .param("event", subject.eventId())
        .query((row, n) -> facts(row));
  }

  private Facts facts(ResultSet row) throws SQLException {
    LeadState lead = Rows.lead(row);
    Map<String, @Nullable Object> tree = new HashMap<>();
    Duration away = Duration.between(lead.lastSeenAt, clock.instant());
    boolean isOnSite = away.compareTo(STILL_THERE) <= 0 && lead.visits > 0;
    ObjectNode traits = lead.traits();
    Map<String, @Nullable Object> facts = lead(lead);
    facts.put("traits", fact(traits));
    facts.put("onSite", isOnSite);
    facts.put("daysAway", BigDecimal.valueOf(Math.max(0, away.toDays())));
    facts.put("openCarts", BigDecimal.valueOf(row.getLong("open_carts")));
    facts.put("orders", BigDecimal.valueOf(row.getLong("orders")));
    facts.put(
        "lastOrderAt", row.getObject("last_order_at") == null ? null : time(row, "last_order_at"));
    facts.put("consents", object(row.getString("consents")));
    facts.put("segments", List.of((String[]) row.getArray("segments").getArray()));
    tree.put("lead", facts);
    tree.put("event", row.getString("e_type") == null ? null : event(row));
    tree.put("cart", row.getString("c_id") == null ? null : cart(row));
    tree.put("order", row.getString("o_id") == null ? null : order(row));
    return new Facts(lead.id, person(lead, traits, row.getBoolean("takes_push"), isOnSite), tree);
  }

  private Map<String, @Nullable Object> lead(LeadState lead) {
    Readiness.Now now = readiness.now(lead.points.score(), lead.lastSeenAt);
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("id", lead.id.toString());
    facts.put("stage", lead.stage.name());
    facts.put("score", BigDecimal.valueOf(now.score()));
    facts.put("temperature", now.temperature().lower());
    facts.put("known", lead.isReachable());
    facts.put("answers", answers(lead.answers));
    facts.put("email", lead.email);
    facts.put("phone", lead.phone);
    facts.put("firstName", lead.firstName);
    facts.put("lastName", lead.lastName);
    facts.put("locale", lead.locale);
    facts.put("timeZone", lead.timeZone);
    facts.put("visits", BigDecimal.valueOf(lead.visits));
    facts.put("pageViews", BigDecimal.valueOf(lead.pageViews));
    facts.put("readingSeconds", BigDecimal.valueOf(lead.readingSeconds));
    facts.put("firstSeenAt", lead.firstSeenAt.atZone(ZoneOffset.UTC));
    facts.put("lastSeenAt", lead.lastSeenAt.atZone(ZoneOffset.UTC));
    facts.put("firstSource", object(lead.firstSource));
    facts.put("lastSource", object(lead.lastSource));
    return facts;
  }

  private static Facts.Person person(
      LeadState lead, ObjectNode traits, boolean takesPush, boolean isOnSite) {
    return new Facts.Person(
        lead.email,
        lead.phone,
        messenger(traits),
        takesPush ? lead.id.toString() : null,
        lead.firstName,
        lead.locale,
        lead.timeZone,
        lead.regionZone,
        isOnSite);
  }

  /** Their contact in the first messenger that they have; consents go by the same one. */
  private static @Nullable String messenger(ObjectNode traits) {
    for (String scheme : LeadState.MESSENGERS) {
      String contact = Shopping.firstText(traits, scheme);
      if (contact != null) {
        return scheme + ":" + contact;
      }
    }
    return null;
  }

  /** The answers alone, by question. */
  private static Map<String, @Nullable Object> answers(String json) {
    Map<String, @Nullable Object> answers = new HashMap<>();
    Answers.parse(json)
        .properties()
        .forEach(
            entry -> answers.put(entry.getKey(), entry.getValue().path(Answers.ANSWER).asString()));
    return answers;
  }

  private static Map<String, @Nullable Object> event(ResultSet row) throws SQLException {
    String name = row.getString("e_name");
    boolean isTrack = "track".equals(row.getString("e_type"));
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("name", isTrack ? name : row.getString("e_type"));
    facts.put("page", object(row.getString("e_page")));
    facts.put("properties", object(row.getString("e_properties")));
    return facts;
  }

  private static Map<String, @Nullable Object> cart(ResultSet row) throws SQLException {
    List<Item> items = Rows.items(row.getString("c_items"));
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("id", row.getString("c_id"));
    facts.put("shopId", row.getString("c_shop_id"));
    facts.put("state", row.getString("c_state"));
    facts.put("currency", row.getString("c_currency"));
    facts.put("url", row.getString("c_url"));
    facts.put("total", items.stream().map(Item::total).reduce(BigDecimal.ZERO, BigDecimal::add));
    facts.put("itemCount", BigDecimal.valueOf(items.stream().mapToLong(Item::quantity).sum()));
    facts.put("items", items.stream().map(LeadFactsJdbc::item).toList());
    facts.put("openedAt", time(row, "c_opened_at"));
    facts.put("updatedAt", time(row, "c_updated_at"));
    return facts;
  }

  private static Map<String, @Nullable Object> order(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("id", row.getString("o_id"));
    facts.put("shopId", row.getString("o_shop_id"));
    facts.put("state", row.getString("o_state"));
    facts.put("currency", row.getString("o_currency"));
    facts.put("total", row.getBigDecimal("o_total"));
    facts.put(
        "items", Rows.items(row.getString("o_items")).stream().map(LeadFactsJdbc::item).toList());
    facts.put("placedAt", time(row, "o_placed_at"));
    return facts;
  }

  private static Map<String, @Nullable Object> item(Item item) {
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("productId", item.productId());
    facts.put("sku", item.sku());
    facts.put("name", item.name());
    facts.put("brand", item.brand());
    facts.put("variant", item.variant());
    facts.put("category", item.category());
    facts.put("price", item.price());
    facts.put("quantity", BigDecimal.valueOf(item.quantity()));
    facts.put("url", item.url());
    facts.put("imageUrl", item.imageUrl());
    return facts;
  }

  private static @Nullable Object object(@Nullable String json) {
    return json == null ? null : fact(JsonMapper.shared().readTree(json));
  }

  private static @Nullable Object fact(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        Map<String, @Nullable Object> facts = new HashMap<>();
        object.properties().forEach(entry -> facts.put(entry.getKey(), fact(entry.getValue())));
        yield facts;
      }
      case ArrayNode array -> array.values().stream().map(LeadFactsJdbc::fact).toList();
      default ->
          node.isNumber()
              ? node.decimalValue()
              : node.isBoolean() ? node.booleanValue() : node.isNull() ? null : node.asString();
    };
  }

  private static Object time(ResultSet row, String column) throws SQLException {
    Instant instant = row.getObject(column, OffsetDateTime.class).toInstant();
    return instant.atZone(ZoneOffset.UTC);
  }
}
