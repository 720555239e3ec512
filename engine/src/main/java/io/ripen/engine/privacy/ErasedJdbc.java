package io.ripen.engine.privacy;

import io.ripen.engine.events.Event;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the tables {@code erased_lead} and {@code erased_trace}; hashes only what may be in them.
 */
final class ErasedJdbc implements Erased {

  /**
   * Whoever applies events shares it, who erases has it alone: so neither sees half of the other.
   */
  static final long LOCK = 0x72_69_70_65_6eL;

  private final JdbcClient jdbc;
  private final KeyedHash hash;

  ErasedJdbc(JdbcClient jdbc, KeyedHash hash) {
    this.jdbc = jdbc;
    this.hash = hash;
  }

  @Override
  public Set<String> among(List<Event> events) {
    jdbc.sql("select pg_advisory_xact_lock_shared(:lock)")
        .param("lock", LOCK)
        .query((row, n) -> n)
        .list();
    Instant latest = latest();
    if (latest == null) {
      return Set.of();
    }
    Set<String> dropped = new HashSet<>();
    ofErasedLeads(events, dropped);
    List<Event> old = events.stream().filter(event -> !at(event).isAfter(latest)).toList();
    if (!old.isEmpty()) {
      ofErasedPeople(old, dropped);
    }
    return dropped;
  }

  private @Nullable Instant latest() {
    return jdbc.sql(
            """
            select erased_at from erased_lead
            where erased_at is not null order by erased_at desc limit 1
            """)
        .query((row, n) -> instant(row, 1))
        .optional()
        .orElse(null);
  }

  private void ofErasedLeads(List<Event> events, Set<String> dropped) {
    String[] named =
        events.stream()
            .map(Event::leadId)
            .filter(Objects::nonNull)
            .map(UUID::toString)
            .distinct()
            .toArray(String[]::new);
    if (named.length == 0) {
      return;
    }
    Set<UUID> erased =
        new HashSet<>(
            jdbc.sql(
                    """
                    select lead_id from erased_lead
                    where erased_at is not null and lead_id = any(:ids::uuid[])
                    """)
                .param("ids", named)
                .query(UUID.class)
                .list());
    events.stream()
        .filter(event -> erased.contains(event.leadId()))
        .forEach(event -> dropped.add(event.messageId()));
  }

  private void ofErasedPeople(List<Event> events, Set<String> dropped) {
    Map<ByteBuffer, Set<Event>> byHash = new HashMap<>();
    for (Event event : events) {
      traces(event)
          .forEach(
              trace ->
                  byHash.computeIfAbsent(ByteBuffer.wrap(trace), t -> new HashSet<>()).add(event));
    }
    jdbc.sql("select hash, erased_at from erased_trace where hash = any(:hashes)")
        .param("hashes", byHash.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new))
        .query(
            (ResultSet row) -> {
              Instant erasedAt = instant(row, 2);
              byHash.getOrDefault(ByteBuffer.wrap(row.getBytes(1)), Set.of()).stream()
                  .filter(event -> !at(event).isAfter(erasedAt))
                  .forEach(event -> dropped.add(event.messageId()));
            });
  }

  private Stream<byte[]> traces(Event event) {
    Stream.Builder<byte[]> traces = Stream.builder();
    traces.add(hash.of("event", event.messageId()));
    if (event.userId() != null) {
      traces.add(hash.of("user", event.userId()));
    }
    if (event.anonymousId() != null) {
      traces.add(hash.of("anonymous", event.anonymousId()));
    }
    if (event.previousId() != null) {
      traces.add(hash.of("user", event.previousId()));
      traces.add(hash.of("anonymous", event.previousId()));
    }
    return traces.build();
  }

  /** An event is as old as it says, or as we know. */
  private static Instant at(Event event) {
    return event.occurredAt().isBefore(event.receivedAt())
        ? event.occurredAt()
        : event.receivedAt();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
