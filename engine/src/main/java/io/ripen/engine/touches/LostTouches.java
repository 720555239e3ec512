package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Rows of the table {@code touch} that were handed over and whose worker is gone, or has left them
 * to be seen; and what the provider, when asked, said of them.
 */
@Component
final class LostTouches {

  private static final String LOST =
      " and state = 'handing-over' and claimed_until <= clock_timestamp()";

  private final TouchLedger ledger;
  private final JdbcClient jdbc;
  private final TouchMetrics metrics;

  LostTouches(TouchLedger ledger, JdbcTemplate jdbc, TouchMetrics metrics) {
    this.ledger = ledger;
    this.jdbc = JdbcClient.create(jdbc);
    this.metrics = metrics;
  }

  /**
   * Notes that the provider has it, unless another touch has that.
   *
   * @param locale the one that it is written in; null where that is noted already, if it ever is
   * @return whether it is noted
   */
  boolean found(long key, Medium medium, String providerId, @Nullable String locale, Instant now) {
    StatementSpec statement =
        jdbc.sql(
                """
                update touch set state = 'accepted', code = null, reason = null,
                  provider_id = :provider, locale = coalesce(:locale::text, locale),
                  settled_at = :now, claimed_until = null
                where key = :key and (state = 'uncertain'
                  or state = 'handing-over' and claimed_until <= clock_timestamp())
                """
                    + TouchLedger.NOBODY_ELSES)
            .param("provider", providerId)
            .param("locale", locale)
            .param("now", utc(now))
            .param("key", key);
    boolean done = ledger.alone(providerId, () -> statement.update() == 1);
    if (done) {
      metrics.accepted(medium);
    }
    return done;
  }

  /**
   * Notes that the provider does not have it: the touch is free for the next attempt. Nobody asked
   * for the tries before the last.
   */
  void missing(long key) {
    jdbc.sql(
            """
            update touch set state = 'planned', code = '%s',
              reason = 'The provider does not have it.', claim = null, claimed_until = null,
              handed_over_at = case when earlier_may_be_out then handed_over_at end
            where key = ?
            """
                    .formatted(TouchCodes.ANSWER_LOST)
                + LOST)
        .param(key)
        .update();
  }

  /**
   * Notes that a message which was kept was seen by nobody, and never will be.
   *
   * @return whether it is noted: nobody has told otherwise
   */
  boolean unseen(long key, Medium medium, String reason, Instant now) {
    boolean done =
        jdbc.sql(
                    """
                    update touch set state = 'rejected', code = ?, reason = ?, settled_at = ?,
                      claimed_until = null, handed_over_at = null
                    where key = ?
                    """
                        + LOST)
                .params(TouchCodes.UNSEEN, reason, utc(now), key)
                .update()
            == 1;
    if (done) {
      metrics.settled(medium, TouchState.REJECTED, TouchCodes.UNSEEN);
    }
    return done;
  }

  /** Whether the touch was handed over for this address. */
  boolean wasFor(long key, String address) {
    return jdbc.sql("select sent_to = md5(lower(?)) from touch where key = ?")
        .params(address, key)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
