package io.ripen.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ForgetIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);
  private static final String AT_NOON = "timestamptz '2026-03-31T12:00:00Z'";
  private static final String DAYS = "(0), (29), (31), (400)";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @BeforeEach
  void things_of_several_ages() {
    execute(
        """
        insert into event
        select name || d, gen_random_uuid(), 'track', name, %1$s - d * interval '1 day',
          %1$s - d * interval '1 day', 'shop', '{}', '{}'
        from (values %2$s) days (d), (values ('Page Read'), ('Question Answered')) names (name)
        """);
    execute(
        """
        insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
          occurred_at, state, raised_at, next_attempt_at)
        select 'cart.updated', gen_random_uuid(), 'k', state || d, 'PT1H', '{}', %1$s, state,
          %1$s - d * interval '1 day', %1$s
        from (values %2$s) days (d), (values ('pending'), ('sent'), ('dead')) states (state)
        """);
    execute(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at)
        select d, gen_random_uuid(), 'email', 'marketing', 'f', 1, 'e', 1, 'm', 'normal', 'accepted',
          %1$s - d * interval '1 day'
        from (values %2$s) days (d)
        """);
    execute(
        """
        insert into gate_decision (touch_key, lead_id, decided_at, verdict, code, reason)
        select key, lead_id, planned_at, 'allow', 'allowed', 'It may go.' from touch
        """);
    execute(
        """
        insert into onsite_message (lead_id, kind, author, text, created_at)
        select gen_random_uuid(), 'chat', 'person', 'Hello', %1$s - d * interval '1 day'
        from (values %2$s) days (d)
        """);
  }

  @Test
  void everything_is_kept_unless_told_otherwise() {
    assertThat(forget(null, null).some()).isFalse();

    assertThat(ages("event", "received_at")).hasSize(8);
    assertThat(ages("signal", "raised_at")).hasSize(12);
    assertThat(ages("gate_decision", "decided_at")).hasSize(4);
    assertThat(ages("onsite_message", "created_at")).hasSize(4);
  }

  @Test
  void events_that_are_too_old_go_but_answers_stay() {
    assertThat(forget(Period.ofDays(30), null).some()).isFalse();

    assertThat(ages("event where name = 'Page Read'", "received_at")).containsExactly(0, 29);
    assertThat(ages("event where name = 'Question Answered'", "received_at"))
        .containsExactly(0, 29, 31, 400);
    assertThat(ages("signal", "raised_at")).hasSize(12);
  }

  @Test
  void what_an_erasure_has_to_find_stays() {
    execute("update event set type = 'identify' where name = 'Page Read'");
    forget(Period.ofDays(30), null).some();

    assertThat(ages("event where type = 'identify'", "received_at"))
        .containsExactly(0, 29, 31, 400);
  }

  @Test
  void what_was_heard_is_remembered_for_three_months() {
    execute(
        "insert into inbound_seen select decode(md5(d::text), 'hex'), %1$s - d * interval '1 day' from (values %2$s) days (d)");
    forget(null, null).some();

    assertThat(ages("inbound_seen", "seen_at")).containsExactly(0, 29, 31);
  }

  @Test
  void history_that_is_too_old_goes_but_the_ledger_and_signals_that_wait_stay() {
    forget(null, Period.ofYears(1)).some();

    assertThat(ages("signal where state = 'pending'", "raised_at")).containsExactly(0, 29, 31, 400);
    assertThat(ages("signal where state <> 'pending'", "raised_at"))
        .containsExactly(0, 0, 29, 29, 31, 31);
    assertThat(ages("gate_decision", "decided_at")).containsExactly(0, 29, 31);
    assertThat(ages("onsite_message", "created_at")).containsExactly(0, 29, 31);
    assertThat(ages("touch", "planned_at")).hasSize(4);
    assertThat(ages("event", "received_at")).hasSize(8);
  }

  @Test
  void many_go_a_few_at_a_time() {
    execute(
        """
        insert into event
        select 'old' || n, gen_random_uuid(), 'page', '', %1$s - interval '3 years',
          %1$s - interval '3 years', 'shop', '{}', '{}'
        from generate_series(1, 5001) n
        """);
    Forget forget = forget(Period.ofYears(2), null);

    assertThat(forget.some()).isTrue();
    assertThat(forget.some()).isFalse();
    assertThat(ages("event", "received_at")).hasSize(8);
  }

  @Test
  void nothing_younger_than_a_month_can_be_forgotten() {
    assertThatThrownBy(() -> new RetentionProperties(Period.ofDays(29), null))
        .hasMessage(
            "ripen.retention.events is P29D (expected: P30D or longer, such as P2Y; leave it out to keep all)");
    assertThatThrownBy(() -> new RetentionProperties(null, Period.ofMonths(-2)))
        .hasMessageContaining("ripen.retention.history is P-2M");
  }

  private Forget forget(@Nullable Period events, @Nullable Period history) {
    return new Forget(jdbc, new RetentionProperties(events, history), CLOCK);
  }

  private void execute(String sql) {
    jdbc.sql(sql.formatted(AT_NOON, DAYS)).update();
  }

  private List<Integer> ages(String table, String column) {
    return jdbc.sql(
            "select (%1$s::date - %2$s::date)::int as age from %3$s order by age"
                .formatted("(" + AT_NOON + ")", column, table))
        .query(Integer.class)
        .list();
  }
}
