package io.ripen.engine.signals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code signal}: the outbox to Zeebe. */
final class SignalJdbc {

  private static final String ADD =
      """
      insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
                          occurred_at, raised_at, next_attempt_at)
      select s.name, s.lead_id, k.key, s.message_id || ':' || k.key,
             make_interval(secs => s.seconds), s.variables::jsonb, s.occurred_at, :now, :now
      from unnest(:names::text[], :leads::uuid[], :keys::text[], :messages::text[],
                  :seconds::float8[], :variables::text[], :occurred::timestamptz[], :former::bool[],
                  :suffixes::text[])
           with ordinality as s (name, lead_id, key, message_id, seconds, variables, occurred_at,
                                 former, suffix, row)
      cross join lateral (
        select s.key
        union all
        select l.id::text || s.suffix from lead l where s.former and l.merged_into = s.lead_id) k (key)
      order by s.row
      on conflict (message_id) do nothing
      """;

  /**
   * One signal of each correlation key, the oldest, so that they reach Zeebe in order; also when
   * several processes send, since a row that another one holds is still pending for us.
   */
  private static final String DUE =
      """
      select id, name, correlation_key, message_id, extract(epoch from time_to_live) as seconds,
             variables::text, attempts
      from signal s
      where state = 'pending' and next_attempt_at <= :now
        and not exists (
          select 1 from signal e
          where e.state = 'pending' and e.correlation_key = s.correlation_key and e.id < s.id)
      order by id
      limit :limit
      for update skip locked
      """;

  private final JdbcClient jdbc;

  SignalJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(List<Signal> signals, Instant now) {
    jdbc.sql(ADD)
        .param("names", column(signals, Signal::name))
        .param("leads", column(signals, signal -> signal.leadId().toString()))
        .param("keys", column(signals, Signal::correlationKey))
        .param("messages", column(signals, Signal::messageId))
        .param("seconds", column(signals, signal -> seconds(signal.timeToLive())))
        .param("variables", column(signals, SignalJdbc::json))
        .param("occurred", column(signals, signal -> signal.occurredAt().toString()))
        .param("former", column(signals, signal -> String.valueOf(signal.concernsFormerIds())))
        .param("suffixes", column(signals, Signal::keySuffix))
        .param("now", utc(now))
        .update();
  }

  List<PendingSignal> due(int limit, Instant now) {
    return jdbc.sql(DUE)
        .param("limit", limit)
        .param("now", utc(now))
        .query((row, number) -> pending(row))
        .list();
  }

  void sent(Collection<Long> ids, Instant now) {
    jdbc.sql(
            "update signal set state = 'sent', sent_at = :now, problem = null where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .param("now", utc(now))
        .update();
  }

  /** Lets them wait without counting an attempt: not they are at fault. */
  void defer(Collection<Long> ids, Instant until) {
    jdbc.sql("update signal set next_attempt_at = :until where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .param("until", utc(until))
        .update();
  }

  void refused(long id, String problem, boolean dead, Instant nextAttempt) {
    jdbc.sql(
            """
            update signal
            set attempts = attempts + 1, problem = :problem, next_attempt_at = :next,
                state = case when :dead then 'dead' else 'pending' end
            where id = :id
            """)
        .param("id", id)
        .param("problem", problem)
        .param("dead", dead)
        .param("next", utc(nextAttempt))
        .update();
  }

  Backlog backlog(Instant now) {
    return jdbc.sql("select count(*), min(raised_at) from signal where state = 'pending'")
        .query(
            (row, number) -> {
              OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
              Duration age =
                  oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
              return new Backlog(row.getLong(1), age);
            })
        .single();
  }

  /**
   * @param age how long the oldest has waited
   */
  record Backlog(long pending, Duration age) {}

  private static PendingSignal pending(ResultSet row) throws SQLException {
    return new PendingSignal(
        row.getLong("id"),
        row.getString("name"),
        row.getString("correlation_key"),
        row.getString("message_id"),
        Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000)),
        row.getString("variables"),
        row.getInt("attempts"));
  }

  private static String[] column(List<Signal> signals, Function<Signal, String> value) {
    return signals.stream().map(value).toArray(String[]::new);
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1000.0);
  }

  private static String json(Signal signal) {
    return JsonMapper.shared().writeValueAsString(signal.variables());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
