package io.ripen.engine.touches;

import io.ripen.channels.Prices;
import io.ripen.channels.Prices.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks Twilio what touches cost: ten minutes after they were handed over, then again each time that
 * they have become twice as old, for three days; all by the clock of the database, as a worker's
 * may be wrong by days.
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
    List<Due> due = take();
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
        if (touch.isLast()) {
          giveUp(touch);
        }
      }
      case Answer.Never never -> giveUp(touch);
      case Answer.Unanswered unanswered -> {
        quietUntil = clock.instant().plus(unanswered.backoff());
        putBack(rest, unanswered.backoff());
        LOG.info("What messages cost is asked again at {}: {}", quietUntil, unanswered.cause());
        return false;
      }
    }
    return true;
  }

  private List<Due> take() {
    return jdbc.sql(
            """
            with due as materialized (
              select key from touch
              where cost is null and channel in ('sms', 'messenger')
                and provider_id ~ '^(SM|MM)[0-9a-f]{32}$'
                and coalesce(cost_due_at, hand_over_began_at) <= statement_timestamp()
                and (cost_due_at is not null
                  or hand_over_began_at <= statement_timestamp() - :first * interval '1 second')
              order by coalesce(cost_due_at, hand_over_began_at)
              limit :most
              for update skip locked)
            update touch t
            set cost_due_at = greatest(
              statement_timestamp() + :first * interval '1 second',
              least(
                hand_over_began_at
                  + 2 * date_trunc('minute', statement_timestamp() - hand_over_began_at),
                hand_over_began_at + :longest * interval '1 second'))
            from due where t.key = due.key
            returning t.key, t.provider_id,
              hand_over_began_at + :longest * interval '1 second' <= statement_timestamp() as is_last
            """)
        .param("first", FIRST.toSeconds())
        .param("longest", LONGEST.toSeconds())
        .param("most", MOST)
        .query(
            (row, n) ->
                new Due(
                    row.getLong("key"), row.getString("provider_id"), row.getBoolean("is_last")))
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

  private void putBack(List<Due> rest, Duration backoff) {
    jdbc.sql(
            """
            update touch set cost_due_at = statement_timestamp() + ? * interval '1 millisecond'
            where key = any(?)
            """)
        .params(backoff.toMillis(), rest.stream().map(Due::key).toArray(Long[]::new))
        .update();
  }

  /**
   * One that is asked for.
   *
   * @param isLast whether it is asked for no more if Twilio does not know
   */
  private record Due(long key, String providerId, boolean isLast) {}
}
