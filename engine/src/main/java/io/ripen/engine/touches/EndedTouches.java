package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Settles touches that no job will ask for any more: their step has ended, or they have been of no
 * use for so long that it must have. A worker that is at one is left alone until its claim has run
 * out.
 */
final class EndedTouches implements Loop.Round {

  private static final int AT_ONCE = 1000;

  /**
   * A touch begins before its step ends, or a worker's while later. The rest is how far Zeebe's
   * clock may be behind the database's.
   */
  private static final String IS_OF_STEP =
      "touch.noted_at < ended_step.ended_at + interval '1 hour'";

  private static final String ENDED =
      settle(
          TouchCodes.FLOW_ENDED,
          "The flow ended first.",
          "ended_step join touch on touch.key = ended_step.key where " + IS_OF_STEP);

  /** A day later, as Zeebe may have been away; what comes then would not be sent either. */
  private static final String OF_NO_USE =
      settle(
          TouchCodes.TOO_LATE,
          "It was of no more use before its flow asked for it again.",
          "touch where touch.use_until < clock_timestamp() - interval '1 day'");

  /** No worker waits that long before it begins. */
  private static final String FORGET =
      """
      delete from ended_step where coalesce(
        (select touch.state not in ('planned', 'claimed', 'handing-over') or not %s from touch
          where touch.key = ended_step.key),
        noted_at < clock_timestamp() - interval '15 minutes')
      """
          .formatted(IS_OF_STEP);

  private final JdbcClient jdbc;
  private final TouchMetrics metrics;
  private final Clock clock;

  EndedTouches(JdbcTemplate jdbc, TouchMetrics metrics, Clock clock) {
    this.jdbc = JdbcClient.create(jdbc);
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public boolean run() {
    Instant now = clock.instant();
    int settled = settle(jdbc.sql(ENDED), now);
    settled += settle(jdbc.sql(OF_NO_USE), now);
    jdbc.sql(FORGET).update();
    return settled >= AT_ONCE;
  }

  /**
   * With a code and a reason for what was certainly not sent, and where to look.
   *
   * <ul>
   *   <li>{@code over}: what nobody will ask for any more, locked
   *   <li>{@code unseen}: what of it waits on the site to be seen, and is taken back by this
   *   <li>{@code ended}: the same as {@code over}, with what the site knows of it
   * </ul>
   */
  private static String settle(String code, String reason, String touches) {
    return """
        with over as (
          select touch.key, %4$s as message_id, touch.state, '%1$s' as code,
            '%2$s' || coalesce(' It had waited for this: ' || touch.reason, '') as reason,
            touch.handed_over_at is not null as may_be_out,
            touch.delivered_at is not null or touch.undelivered_at is not null as arrived
          from %3$s and touch.state in ('planned', 'claimed', 'handing-over')
            and (touch.state = 'planned' or touch.claimed_until <= clock_timestamp())
          order by touch.key limit :most for update of touch skip locked
        ), unseen as (
          update onsite_message m set taken_back_at = coalesce(m.taken_back_at, :now) from over
          where m.message_id = over.message_id and m.shown_at is null
          returning over.key
        ), ended as (
          select over.key, over.state, over.code, over.reason,
            over.may_be_out and unseen.key is null as may_be_out,
            over.arrived or m.message_id is not null and unseen.key is null as arrived
          from over left join unseen on unseen.key = over.key
          left join onsite_message m on m.message_id = over.message_id)
        update touch set
          state = case when arrived then 'accepted' when may_be_out then 'uncertain' else 'denied' end,
          code = case when arrived then '%5$s' when not may_be_out then ended.code
            when ended.state = 'handing-over' then '%6$s' else '%7$s' end,
          reason = case when arrived then '%8$s' when not may_be_out then ended.reason
            when ended.state = 'handing-over'
              then '%9$s'
            else 'A try may have reached the provider, and its flow has ended since.' end,
          handed_over_at = case when arrived or may_be_out then handed_over_at end,
          settled_at = :now, claimed_until = null
        from ended where touch.key = ended.key
        returning touch.channel, touch.state, touch.code
        """
        .formatted(
            code,
            reason,
            touches,
            Touch.MESSAGE_ID,
            TouchCodes.HEARD_OF,
            TouchCodes.WORKER_LOST,
            TouchCodes.ANSWER_LOST,
            TouchCodes.WAS_HEARD_OF,
            TouchCodes.WORKER_WAS_LOST);
  }

  private int settle(JdbcClient.StatementSpec statement, Instant now) {
    List<Settled> all =
        statement
            .param("now", utc(now))
            .param("most", AT_ONCE)
            .query(
                (row, number) ->
                    new Settled(
                        Objects.requireNonNull(Medium.named(row.getString("channel"))),
                        TouchState.of(row.getString("state")),
                        row.getString("code")))
            .list();
    all.forEach(each -> metrics.settled(each.medium(), each.state(), each.code()));
    return all.size();
  }

  private record Settled(Medium medium, TouchState state, String code) {}

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
