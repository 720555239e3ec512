package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.leads.ApplyEvents.Applied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code event}: what happened, once per message id. */
final class EventJdbc {

  private static final String COPY =
      """
      copy event (message_id, lead_id, type, name, occurred_at, received_at, site, properties,
        context) from stdin with (format binary)
      """;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int COLUMNS = 9;
  private static final int USUAL_BYTES = 1024;
  private static final byte[] EMPTY = {'{', '}'};

  private final JdbcTemplate jdbc;

  EventJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the message ids that were applied before. */
  Set<String> known(Collection<String> messageIds) {
    return new HashSet<>(
        JdbcClient.create(jdbc)
            .sql("select message_id from event where message_id = any(:ids)")
            .param("ids", messageIds.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** Adds the events, in the caller's transaction. */
  void write(List<Applied> events) {
    var rows = new BinaryCopy(events.size() * USUAL_BYTES);
    events.forEach(applied -> row(rows, applied));
    ByteArrayInputStream bytes = rows.end();
    jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, bytes));
  }

  private static long copy(Connection connection, ByteArrayInputStream rows) throws SQLException {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows, BUFFER_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("the events could not be handed to PostgreSQL", e);
    }
  }

  private static void row(BinaryCopy rows, Applied applied) {
    Event event = applied.event();
    ObjectNode what = event.properties().isEmpty() ? event.traits() : event.properties();
    rows.row(COLUMNS)
        .text(event.messageId())
        .uuid(applied.lead().id)
        .text(event.type())
        .text(event.name())
        .timestamp(event.occurredAt())
        .timestamp(event.receivedAt())
        .text(event.site())
        .jsonb(json(what))
        .jsonb(json(event.context()));
  }

  private static byte[] json(ObjectNode node) {
    return node.isEmpty() ? EMPTY : JsonMapper.shared().writeValueAsBytes(node);
  }
}
