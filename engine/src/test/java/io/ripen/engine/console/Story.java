package io.ripen.engine.console;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes rows as the other features do, so that pages have something to show. */
final class Story {

  static final long FLOW_1 = 2251799813685249L;
  static final long FLOW_2 = 2251799813685777L;

  private final JdbcClient jdbc;
  private final Instant now;
  private long keys = 4503599627370496L;

  Story(JdbcClient jdbc, Instant now) {
    this.jdbc = jdbc;
    this.now = now;
  }

  UUID lead(
      String stage,
      String email,
      @Nullable String firstName,
      @Nullable String lastName,
      Duration ago) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    jdbc.sql(
            """
            insert into lead (id, stage, email, first_name, last_name, locale, time_zone, visits,
              page_views, first_seen_at, last_seen_at, first_source, last_source)
            values (?, ?, ?, ?, ?, 'hu-HU', 'Europe/Budapest', 3, 17, ?, ?, ?::jsonb, ?::jsonb)
            """)
        .params(id, stage, email, firstName, lastName)
        .params(
            at(ago.plusDays(2)),
            at(ago),
            "{\"channel\":\"email\",\"source\":\"newsletter\",\"campaign\":\"spring-glazes\"}",
            "{\"channel\":\"organic\",\"source\":\"google.com\"}")
        .update();
    jdbc.sql("insert into lead_identity values ('anonymous', ?, ?, ?)")
        .params(UUID.randomUUID().toString(), id, at(ago))
        .update();
    return id;
  }

  /** Somebody without a name, who left this address in a chat. */
  UUID leadWhoSays(String email, Duration ago) {
    UUID lead = lead("LEAD", email, null, null, ago);
    jdbc.sql("update lead set traits = jsonb_build_object('chatEmail', email) where id = ?")
        .param(lead)
        .update();
    return lead;
  }

  void confirms(UUID lead) {
    jdbc.sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof)
            values (?, 'email', 'newsletter', true, ?, '{"by": "double-opt-in"}')
            """)
        .params(lead, at(Duration.ZERO))
        .update();
  }

  void points(UUID lead, int points, String reason, Duration ago) {
    jdbc.sql(
            """
            insert into score_entry (lead_id, rule, slot, points, reason, cause, given_at)
            values (?, 'rule', ?, ?, ?, ?, ?)
            """)
        .params(lead, UUID.randomUUID().toString(), points, reason, "m", at(ago))
        .update();
    jdbc.sql("update lead set score = score + ?, score_at = ? where id = ?")
        .params(points, at(ago), lead)
        .update();
  }

  void merge(UUID survivor, UUID merged, Duration ago) {
    jdbc.sql("update lead set merged_into = ? where id = ?").params(survivor, merged).update();
    jdbc.sql(
            """
            insert into lead_merge (survivor_id, merged_id, merged_at, message_id, before)
            values (?, ?, ?, ?, '{}')
            """)
        .params(survivor, merged, at(ago), UUID.randomUUID().toString())
        .update();
  }

  void event(UUID lead, String type, String name, String properties, Duration ago) {
    jdbc.sql(
            """
            insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,
              properties, context)
            values (?, ?, ?, ?, ?, ?, 'shop', ?::jsonb, ?::jsonb)
            """)
        .params(UUID.randomUUID().toString(), lead, type, name, at(ago), at(ago), properties)
        .params("{\"page\":{\"url\":\"http://127.0.0.1:8090/shop\",\"title\":\"Kiln & Kettle\"}}")
        .update();
  }

  void signal(UUID lead, String name, String state, String problem, Duration ago) {
    jdbc.sql(
            """
            insert into signal (name, lead_id, correlation_key, message_id, time_to_live,
              variables, occurred_at, state, raised_at, next_attempt_at, problem)
            values (?, ?, ?, ?, interval '0', '{}', ?, ?, ?, ?, ?)
            """)
        .params(name, lead, UUID.randomUUID().toString(), UUID.randomUUID().toString())
        .params(at(ago), state, at(ago), at(ago))
        .param(problem)
        .update();
  }

  long touch(UUID lead, String message, String element, String state, String why, Duration ago) {
    long key = keys++;
    jdbc.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, locale, state, reason, planned_at, settled_at)
            values (?, ?, 'email', 'marketing', 'abandoned-cart', 2, ?, 1, ?, 'normal', 'hu', ?, ?, ?, ?)
            """)
        .params(key, lead, element, message, state)
        .param(why)
        .param(at(ago))
        .param(at(ago.minusSeconds(1)))
        .update();
    return key;
  }

  void cost(long touch, String amount, String currency) {
    jdbc.sql("update touch set cost = ?, cost_currency = ? where key = ?")
        .params(new BigDecimal(amount), currency, touch)
        .update();
  }

  void decision(UUID lead, long touch, String verdict, String code, String why, Duration ago) {
    jdbc.sql(
            """
            insert into gate_decision (touch_key, lead_id, decided_at, verdict, code, reason)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(touch, lead, at(ago), verdict, code, why)
        .update();
  }

  void stage(UUID lead, String from, String to, String reason, Duration ago) {
    jdbc.sql(
            """
            insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause)
            values (?, ?, ?, ?, ?, 'identify')
            """)
        .params(lead, from, to, at(ago), reason)
        .update();
  }

  /** A step of a flow carries out what a salesperson decided. */
  void stage(UUID lead, String from, String to, String reason, String person, Duration ago) {
    stage(lead, from, to, reason, ago);
    jdbc.sql(
            """
            update stage_change set flow = 'sales-handoff', element_id = 'serviceTask_noNeed',
              instance_key = 2251799813685249, person = ?
            where lead_id = ? and to_stage = ?
            """)
        .params(person, lead, to)
        .update();
  }

  void consent(UUID lead, boolean granted, String wording, Duration ago) {
    jdbc.sql("insert into consent values (?, 'email', 'marketing', ?, ?, ?::jsonb)")
        .params(lead, granted, at(ago), object("wording", wording))
        .update();
  }

  void cart(UUID lead, String items, String total, Duration ago) {
    jdbc.sql(
            """
            insert into cart (id, lead_id, site, state, currency, total, items, opened_at,
              updated_at)
            values (?, ?, 'shop', 'open', 'EUR', ?::numeric, ?::jsonb, ?, ?)
            """)
        .params(UuidCreator.getTimeOrderedEpoch(), lead, total, items, at(ago), at(ago))
        .update();
  }

  void order(UUID lead, String shopId, String total, Duration ago) {
    jdbc.sql(
            """
            insert into customer_order (id, lead_id, site, shop_id, state, currency, total,
              placed_at, updated_at)
            values (?, ?, 'shop', ?, 'placed', 'EUR', ?::numeric, ?, ?)
            """)
        .params(UuidCreator.getTimeOrderedEpoch(), lead, shopId, total, at(ago), at(ago))
        .update();
  }

  /** A test of version 2 that began so long ago; its leads come with {@link #variant}. */
  long split(String element, String name, Integer lookAt, Duration ago) {
    return jdbc.sql(
            """
            insert into split_test (flow, element_id, definition, name, variants, goal, within,
              look_at, began_at, first_version, last_version)
            values ('abandoned-cart', ?, ?, ?, 'A: 50, B: 50', 'ordered', interval '14 days', ?, ?,
              2, 2)
            returning id
            """)
        .param(element)
        .param(name)
        .param(name)
        .param(lookAt)
        .param(at(ago))
        .query(Long.class)
        .single();
  }

  /** So many leads who got the variant so long ago, and how many of them ordered at once. */
  void variant(long split, String variant, int leads, int ordered, boolean chance, Duration ago) {
    jdbc.sql(
            """
            with new as (
              insert into lead (id, first_seen_at, last_seen_at)
              select gen_random_uuid(), :at, :at from generate_series(1, :leads) returning id),
            given as (
              insert into split_lead
              select :split, id, :variant, :chance, :at, 2, 1 from new returning lead_id)
            insert into customer_order (id, lead_id, site, shop_id, state, placed_at, updated_at)
            select gen_random_uuid(), lead_id, 'shop', gen_random_uuid()::text, 'placed', :at, :at
            from given limit :ordered
            """)
        .param("at", at(ago))
        .param("leads", leads)
        .param("split", split)
        .param("variant", variant)
        .param("chance", chance)
        .param("ordered", ordered)
        .update();
  }

  void decided(long split, String winner, String numbers, Duration ago) {
    jdbc.sql("update split_test set looked_at = ?, winner = ?, look = ?::jsonb where id = ?")
        .params(at(ago), winner, numbers, split)
        .update();
  }

  void flow(long key, int version, Duration ago) {
    jdbc.sql(
            """
            insert into flow_version
              (process_key, process_id, version, name, xml, signals, deployed_at)
            values (?, 'abandoned-cart', ?, 'Abandoned cart', ?, '{}', ?)
            """)
        .params(key, version, bpmn(), at(ago))
        .update();
  }

  void element(long flow, String id, long activated, long completed, long terminated) {
    jdbc.sql("insert into flow_element_count values (?, ?, 1, ?, ?, ?, 0)")
        .params(flow, id, activated, completed, terminated)
        .update();
  }

  void incident(long flow, String element, String type, String message, Duration ago) {
    jdbc.sql("insert into flow_incident values (?, 1, ?, 1, ?, ?, ?, ?, null)")
        .params(keys++, flow, element, type, message, at(ago))
        .update();
  }

  private Object at(Duration ago) {
    return now.minus(ago).atOffset(ZoneOffset.UTC);
  }

  private static String bpmn() {
    try {
      return new ClassPathResource("console/abandoned-cart.bpmn")
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON of one field. */
  static String object(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value).toString();
  }
}
