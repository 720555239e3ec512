package io.ripen.engine.links;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code event_outbox}. */
final class EventOutboxJdbc implements EventOutbox {

  private final JdbcClient jdbc;
  private final EventJson json;
  private final Clock clock;

  EventOutboxJdbc(JdbcClient jdbc, EventJson json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void put(Event event) {
    jdbc.sql(
            """
            insert into event_outbox (message_id, event, kept_at, next_attempt_at)
            values (:id, :event, :now, :now)
            on conflict (message_id) do nothing
            """)
        .param("id", event.messageId())
        .param("event", json.write(event))
        .param("now", utc(clock.instant()))
        .update();
  }

  /** Locks the oldest that are due until the transaction ends; passes over what others hold. */
  List<Waiting> due(int limit, Instant now) {
    return jdbc.sql(
            """
            select id, event, attempts from event_outbox
            where next_attempt_at <= :now
            order by id
            limit :limit
            for update skip locked
            """)
        .param("limit", limit)
        .param("now", utc(now))
        .query((row, number) -> new Waiting(row.getLong(1), row.getBytes(2), row.getInt(3)))
        .list();
  }

  void sent(Collection<Long> ids) {
    jdbc.sql("delete from event_outbox where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  void refused(long id, String problem, Instant nextAttempt) {
    jdbc.sql(
            """
            update event_outbox
            set attempts = attempts + 1, problem = :problem, next_attempt_at = :next
            where id = :id
            """)
        .param("id", id)
        .param("problem", problem)
        .param("next", utc(nextAttempt))
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * A row that is due.
   *
   * @param attempts how often Kafka refused it
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Waiting(long id, byte[] event, int attempts) {}
}
