package io.ripen.engine.estimates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ripen.engine.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.web.server.ResponseStatusException;

/** What is counted of the last days, on real PostgreSQL. */
class LatelyIT {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG_AGO = Duration.ofDays(9);

  private final DataSource database = TestDatabase.migratedForAnyUse();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final LatelyJdbc lately = new LatelyJdbc(jdbc, new JdbcTransactionManager(database));
  private final UUID anna = lead(null);
  private final UUID bela = lead(null);
  private long keys = 1;

  @Test
  void where_nothing_was_all_is_nothing() {
    Lately read = read();
    assertThat(read.days()).isEqualTo(7);
    assertThat(read.signals()).isEmpty();
    assertThat(read.touches()).isEmpty();
  }

  @Test
  void each_count_is_of_the_last_days_alone() {
    signal("product.browsed", anna, HOUR);
    signal("product.browsed", anna, HOUR.plusMinutes(1));
    signal("product.browsed", bela, HOUR);
    signal("product.browsed", bela, LONG_AGO);
    event("Signed Up", HOUR);
    event("Signed Up", Duration.ofDays(2));
    jdbc.update(
        "insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause)"
            + " values (?, 'MQL', 'NO_NEED', ?, 'r', 'c')",
        anna,
        ago(HOUR));
    segment("{\"segment\": \"full-carts\"}", HOUR.multipliedBy(30));
    segment("{\"segment\": \"full-carts\"}", LONG_AGO);
    segment("{\"segment\": \"full-carts\", \"quietly\": true}", HOUR.multipliedBy(30));
    start("flow-1", anna, HOUR);
    start("broadcast 1", anna, HOUR);
    start("broadcast 2", anna, LONG_AGO);
    entry(anna, null);
    entry(bela, "too-soon");
    touch("accepted", HOUR);
    touch("denied", HOUR);
    touch("accepted", LONG_AGO);

    Lately read = read();

    assertThat(read.days()).isEqualTo(7);
    assertThat(read.signals()).isEqualTo(Map.of("product.browsed", 3L));
    assertThat(read.events()).isEqualTo(Map.of("Signed Up", 1L));
    assertThat(read.changes())
        .isEqualTo(
            Map.of("stage.no-need", 1L, "became.no-need", 1L, "segment.entered.full-carts", 1L));
    assertThat(read.byFlows()).isEqualTo(Map.of("nurturing", 1L));
    assertThat(read.broadcasts()).isEqualTo(Map.of("nurturing", 1L));
    assertThat(read.entries()).isEqualTo(Map.of("nurturing", new Lately.Entries(2, 1)));
    assertThat(read.touches()).isEqualTo(Map.of("nurturing", Map.of("email.marketing", 1L)));
  }

  @Test
  void who_allows_it_is_told_by_the_newest_word_of_the_lead_of_today() {
    UUID former = lead(anna);
    signal("product.browsed", former, HOUR);
    signal("product.browsed", anna, HOUR);
    signal("product.browsed", bela, HOUR);
    consent(anna, true, HOUR);
    consent(anna, false, LONG_AGO);
    consent(bela, true, LONG_AGO);
    consent(bela, false, HOUR);

    assertThat(read().allowed())
        .isEqualTo(Map.of("product.browsed", Map.of("email.marketing", 2L)));
  }

  @Test
  void a_young_engine_goes_by_the_hours_that_there_were() {
    version(1, "{product.browsed,score.crossed}", HOUR.multipliedBy(12));
    signal("product.browsed", anna, HOUR);

    Lately read = read();

    assertThat(read.days()).isCloseTo(0.5, within(0.001));
    assertThat(read.awaited()).containsOnlyKeys("product.browsed", "score.crossed");
    assertThat(read.awaited().get("product.browsed")).isCloseTo(0.5, within(0.001));
  }

  @Test
  void a_signal_is_counted_since_a_flow_first_waited_for_it_or_it_came() {
    version(1, "{product.browsed}", LONG_AGO);
    version(2, "{product.browsed,cart.updated,score.crossed}", HOUR);
    signal("score.crossed", anna, HOUR.multipliedBy(48));

    Map<String, Double> awaited = read().awaited();

    assertThat(awaited.get("product.browsed")).isEqualTo(7);
    assertThat(awaited.get("cart.updated")).isCloseTo(1 / 24.0, within(0.001));
    assertThat(awaited.get("score.crossed")).isCloseTo(2, within(0.001));
  }

  @Test
  void who_asks_again_within_a_minute_is_told_the_same() {
    LatelyApi api = new LatelyApi(lately, Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(api.lately().signals()).isEmpty();
    signal("product.browsed", anna, HOUR);
    assertThat(api.lately().signals()).isEmpty();
  }

  @Test
  void counts_that_take_too_long_are_given_up_and_told_so() throws SQLException {
    LatelyApi api = new LatelyApi(lately, Clock.fixed(NOW, ZoneOffset.UTC));
    try (Connection other = database.getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table touch in access exclusive mode");
      assertThatThrownBy(() -> api.lately(Duration.ofSeconds(1)))
          .isInstanceOf(ResponseStatusException.class)
          .hasMessageContaining("503")
          .hasMessageContaining("took longer than 1 seconds");
      other.rollback();
    }
    assertThat(api.lately(Duration.ofSeconds(1)).touches()).isEmpty();
  }

  private Lately read() {
    return lately.read(NOW, Duration.ofSeconds(60));
  }

  private void version(long number, String signals, Duration ago) {
    jdbc.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (?, 'a', ?, 'a', '', ?::text[], ?)",
        number,
        number,
        signals,
        ago(ago));
  }

  private void segment(String properties, Duration ago) {
    event("Segment Entered", ago);
    jdbc.update(
        "update event set properties = ?::jsonb where message_id = ?",
        properties,
        "e" + (keys - 1));
  }

  private UUID lead(UUID mergedInto) {
    UUID id = UUID.randomUUID();
    jdbc.update(
        "insert into lead (id, first_seen_at, last_seen_at, merged_into) values (?, now(), now(), ?)",
        id,
        mergedInto);
    return id;
  }

  private void signal(String name, UUID lead, Duration ago) {
    jdbc.update(
        "insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,"
            + " occurred_at, raised_at, next_attempt_at) values (?, ?, 'k', ?, interval '0', '{}',"
            + " ?, ?, now())",
        name,
        lead,
        "m" + keys++,
        ago(ago),
        ago(ago));
  }

  private void event(String name, Duration ago) {
    jdbc.update(
        "insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,"
            + " properties, context) values (?, ?, 'track', ?, ?, ?, 'shop', '{}', '{}')",
        "e" + keys++,
        anna,
        name,
        ago(ago),
        ago(ago));
  }

  private void start(String cause, UUID lead, Duration ago) {
    jdbc.update(
        "insert into flow_start (cause, lead_id, flow, started_at) values (?, ?, 'nurturing', ?)",
        cause,
        lead,
        ago(ago));
  }

  private void entry(UUID lead, String code) {
    jdbc.update(
        "insert into flow_entry (instance_key, lead_id, flow, decided_at, code)"
            + " values (?, ?, 'nurturing', ?, ?)",
        keys++,
        lead,
        ago(HOUR),
        code);
  }

  private void touch(String state, Duration ago) {
    jdbc.update(
        "insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,"
            + " process_instance_key, message, priority, state, planned_at)"
            + " values (?, ?, 'email', 'marketing', 'nurturing', 1, 'a', 1, 'm', 'normal', ?, ?)",
        keys++,
        anna,
        state,
        ago(ago));
  }

  private void consent(UUID lead, boolean granted, Duration ago) {
    jdbc.update(
        "insert into consent values (?, 'email', 'marketing', ?, ?, '{}')",
        lead,
        granted,
        ago(ago));
  }

  private static OffsetDateTime ago(Duration ago) {
    return NOW.minus(ago).atOffset(ZoneOffset.UTC);
  }
}
