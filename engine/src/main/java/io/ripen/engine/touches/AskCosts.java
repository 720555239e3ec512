package io.ripen.engine.touches;

import io.ripen.channels.Prices;
import io.ripen.channels.Prices.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks Twilio what touches cost: ten minutes after it took them, then again each time that they
 * have become twice as old, for three days.
 *
 * <p>Whoever takes a touch puts off its next time first. So no two workers ask for it at once, and
 * one that dies leaves it to that time.
 */
public final class AskCosts {

  /** So many at a time; one after the other, so that sending hardly notices. */
  static final int MOST = 50;

  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(3);
  private static final Logger LOG = LoggerFactory.getLogger(AskCosts.class);

  private final JdbcClient jdbc;
  private final Prices prices;
  private final Clock clock;
  private Instant quietUntil = Instant.MIN;

  public AskCosts(JdbcClient jdbc, Prices prices, Clock clock) {
    this.jdbc = jdbc;
    this.prices = prices;
    this.clock = clock;
  }

  /** Asks for some of those whose time has come. Not for use by several threads. */
  public void some() {
    if (clock.instant().isBefore(quietUntil)) {
      return;
    }
    List<Due> due = take(clock.instant());
    for (int i = 0; i < due.size(); i++) {
      if (!isAnswered(due.get(i), due.subList(i, due.size()))) {
        return;
      }
    }
  }

  private boolean isAnswered(Due touch, List<Due> rest) {
    switch (prices.of(touch.providerId())) {
      case Answer.Known known -> keep(touch, known);
      case Answer.NotYet notYet -> {
        if (!clock.instant().isBefore(touch.acceptedAt().plus(LONGEST))) {
          giveUp(touch);
        }
      }
      case Answer.Never never -> giveUp(touch);
      case Answer.Unanswered unanswered -> {
        quietUntil = clock.instant().plus(unanswered.backoff());
        putBack(rest, quietUntil);
        LOG.info("What messages cost is asked again at {}: {}", quietUntil, unanswered.cause());
        return false;
      }
    }
    return true;
  }

  private List<Due> take(Instant now) {
    return jdbc.sql(
            """
            with due as materialized (
              select key from touch
              where cost is null and channel in ('sms', 'messenger')
                and provider_id ~ '^(SM|MM)[0-9a-f]{32}$'
                and coalesce(cost_due_at, settled_at) <= :now
                and (cost_due_at is not null or settled_at <= :first)
              order by coalesce(cost_due_at, settled_at)
              limit :most
              for update skip locked)
            update touch t
            set cost_due_at = greatest(:soonest::timestamptz, least(
              :now::timestamptz + (:now - settled_at), settled_at + :longest * interval '1 second'))
            from due where t.key = due.key
            returning t.key, t.provider_id, t.settled_at
            """)
        .param("now", utc(now))
        .param("first", utc(now.minus(FIRST)))
        .param("soonest", utc(now.plus(FIRST)))
        .param("longest", LONGEST.toSeconds())
        .param("most", MOST)
        .query(
            (row, n) ->
                new Due(
                    row.getLong("key"),
                    row.getString("provider_id"),
                    row.getObject("settled_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private void keep(Due touch, Answer.Known known) {
    jdbc.sql("update touch set cost = ?, cost_currency = ? where key = ?")
        .params(known.price(), known.currency().getCurrencyCode(), touch.key())
        .update();
  }

  private void giveUp(Due touch) {
    jdbc.sql("update touch set cost_due_at = 'infinity' where key = ?").param(touch.key()).update();
  }

  private void putBack(List<Due> rest, Instant until) {
    jdbc.sql("update touch set cost_due_at = ? where key = any(?)")
        .params(utc(until), rest.stream().map(Due::key).toArray(Long[]::new))
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private record Due(long key, String providerId, Instant acceptedAt) {}
}
