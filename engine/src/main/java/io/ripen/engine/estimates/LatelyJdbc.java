package io.ripen.engine.estimates;

import io.ripen.engine.said.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts what happened lately; each count reads only what is of these days. */
@Component
@Profile("engine")
final class LatelyJdbc {

  private static final Duration LATELY = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);

  /** When the first signal or flow was there, but not before this. */
  private static final String SINCE =
      """
      select greatest(:from, coalesce(least(
        (select min(raised_at) from signal), (select min(deployed_at) from flow_version)), :from))
      """;

  private static final String ALLOWED =
      """
      with raised as (
        select s.name, coalesce(l.merged_into, l.id) as lead_id, count(*) as times
        from signal s join lead l on l.id = s.lead_id
        where s.raised_at >= :from group by 1, 2),
      said as (
        select distinct on (lead_id, channel, purpose) lead_id, channel, purpose, granted
        from consent c join lead l on l.id = lead_id
        where lead_id in (select lead_id from raised) and %s
        order by lead_id, channel, purpose, %s)
      select raised.name, said.channel || '.' || said.purpose, sum(raised.times)
      from raised join said using (lead_id) where said.granted group by 1, 2
      """
          .formatted(Said.HOLDS, Said.NEWEST);

  /** As {@code signals.dmn} names them. */
  private static final String CHANGES =
      """
      select word || replace(lower(to_stage), '_', '-'), count(*)
      from stage_change, (values ('stage.'), ('became.')) words (word)
      where changed_at >= :from group by 1
      union all
      select 'segment.entered.' || (properties ->> 'segment'), count(*) from event
      where received_at >= :from and name = 'Segment Entered' and properties ->> 'segment' is not null
        and properties ->> 'quietly' is distinct from 'true'
      group by 1
      """;

  private static final String EVENTS =
      """
      select name, count(*) from event
      where received_at >= :from and name <> 'Question Answered' and type <> 'identify'
      group by name
      """;

  private static final String STARTS =
      """
      select flow, count(*) from flow_start
      where started_at >= :from and (cause like 'broadcast %') = :broadcast group by flow
      """;

  private static final String TOUCHES =
      """
      select flow, channel || '.' || purpose, count(*) from touch
      where planned_at >= :from and state = 'accepted' group by 1, 2
      """;

  /** Nobody counted a signal before a flow first waited for it. */
  private static final String AWAITED =
      """
      select name, extract(epoch from :now - greatest(:from, min(since)))
      from (
        select waits.name, deployed_at as since, true as awaited
        from flow_version, unnest(signals) as waits (name)
        union all
        select name, min(raised_at), false from signal where raised_at >= :from group by name) known
      group by name having bool_or(awaited)
      """;

  private final JdbcClient jdbc;
  private final PlatformTransactionManager transactions;

  LatelyJdbc(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transactions = transactions;
  }

  /**
   * Counts.
   *
   * @param atMost how long all of it may take, in whole seconds
   * @throws QueryTimeoutException when it takes longer
   */
  Lately read(Instant now, Duration atMost) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    transaction.setReadOnly(true);
    // Each statement gets what is left of it.
    transaction.setTimeout((int) atMost.toSeconds());
    try {
      return Objects.requireNonNull(transaction.execute(status -> read(now)));
    } catch (TransactionTimedOutException e) {
      throw new QueryTimeoutException("all counts together took too long", e);
    }
  }

  private Lately read(Instant now) {
    Instant from = since(now.minus(LATELY));
    double days = Math.max(Duration.between(from, now).toMinutes(), 1) / (24 * 60.0);
    Instant yesterday = from.isAfter(now.minus(DAY)) ? from : now.minus(DAY);
    return new Lately(
        days,
        awaited(from, now),
        counts("select name, count(*) from signal where raised_at >= :from group by name", from),
        byTwo(ALLOWED, from),
        counts(CHANGES, from),
        counts(EVENTS, yesterday),
        starts(from, false),
        starts(from, true),
        entries(from),
        byTwo(TOUCHES, from));
  }

  private Instant since(Instant from) {
    return jdbc.sql(SINCE)
        .param("from", utc(from))
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private Map<String, Double> awaited(Instant from, Instant now) {
    Map<String, Double> days = new TreeMap<>();
    jdbc.sql(AWAITED)
        .param("from", utc(from))
        .param("now", utc(now))
        .query(
            (RowCallbackHandler)
                row -> days.put(row.getString(1), row.getDouble(2) / DAY.toSeconds()));
    return days;
  }

  private Map<String, Long> counts(String sql, Instant from) {
    return counted(jdbc.sql(sql).param("from", utc(from)));
  }

  private Map<String, Long> starts(Instant from, boolean broadcast) {
    return counted(jdbc.sql(STARTS).param("from", utc(from)).param("broadcast", broadcast));
  }

  private static Map<String, Long> counted(JdbcClient.StatementSpec asked) {
    Map<String, Long> counts = new TreeMap<>();
    asked.query((RowCallbackHandler) row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  private Map<String, Map<String, Long>> byTwo(String sql, Instant from) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    jdbc.sql(sql)
        .param("from", utc(from))
        .query(
            (RowCallbackHandler)
                row ->
                    counts
                        .computeIfAbsent(row.getString(1), any -> new TreeMap<>())
                        .put(row.getString(2), row.getLong(3)));
    return counts;
  }

  private Map<String, Lately.Entries> entries(Instant from) {
    Map<String, Lately.Entries> entries = new HashMap<>();
    jdbc.sql(
            """
            select flow, count(*), count(*) filter (where code is null) from flow_entry
            where decided_at >= :from group by flow
            """)
        .param("from", utc(from))
        .query(
            (RowCallbackHandler)
                row ->
                    entries.put(
                        row.getString(1), new Lately.Entries(row.getLong(2), row.getLong(3))));
    return entries;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
