package io.ripen.engine.retention;

import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes a few of the oldest rows at a time, each few in a transaction of their own. */
final class Forget {

  private static final int AT_ONCE = 5000;

  /**
   * But for what sales read, and for addresses that somebody had before: an erasure has to find
   * these. The index event_age has the same condition.
   */
  private static final String EVENTS =
      """
      delete from event where message_id in (
        select message_id from event
        where received_at < ? and name <> 'Question Answered' and type <> 'identify'
        order by received_at limit ? for update skip locked)
      """;

  private static final String SIGNALS =
      """
      delete from signal where id in (
        select id from signal where raised_at < ? and state <> 'pending'
        order by raised_at limit ? for update skip locked)
      """;

  private static final String DECISIONS =
      """
      delete from gate_decision where id in (
        select id from gate_decision where decided_at < ?
        order by decided_at limit ? for update skip locked)
      """;

  private static final String ON_SITE =
      """
      delete from onsite_message where id in (
        select id from onsite_message where created_at < ?
        order by created_at limit ? for update skip locked)
      """;

  /** Who is told of the same answer again after a month is told by mistake. */
  private static final String INBOUND =
      """
      delete from inbound_seen where id in (
        select id from inbound_seen where seen_at < ?
        order by seen_at limit ? for update skip locked)
      """;

  private static final Period INBOUND_FOR = Period.ofMonths(3);

  private final JdbcClient jdbc;
  private final RetentionProperties properties;
  private final Clock clock;

  Forget(JdbcClient jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /** Returns whether there may be more. */
  boolean some() {
    return some(EVENTS, properties.events())
        || some(SIGNALS, properties.history())
        || some(DECISIONS, properties.history())
        || some(ON_SITE, properties.history())
        || some(INBOUND, INBOUND_FOR);
  }

  private boolean some(String delete, @Nullable Period kept) {
    return kept != null
        && jdbc.sql(delete)
                .params(
                    ZonedDateTime.now(clock.withZone(ZoneOffset.UTC))
                        .minus(kept)
                        .toOffsetDateTime(),
                    AT_ONCE)
                .update()
            == AT_ONCE;
  }
}
