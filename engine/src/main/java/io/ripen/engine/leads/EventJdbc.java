package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.leads.ApplyEvents.Applied;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code event}: what happened, once per message id. */
@Component
@Profile("engine")
final class EventJdbc {

  private static final String COPY =
      "copy event (message_id, lead_id, type, name, occurred_at, received_at, site, properties,"
          + " context) from stdin";

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
  void add(List<Applied> events) {
    var rows = new StringBuilder(events.size() * 512);
    events.forEach(applied -> row(rows, applied));
    jdbc.execute(
        (org.springframework.jdbc.core.ConnectionCallback<Long>)
            connection -> copy(connection.unwrap(PGConnection.class), rows));
  }

  private static long copy(PGConnection connection, StringBuilder rows) throws SQLException {
    try {
      return connection.getCopyAPI().copyIn(COPY, new StringReader(rows.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("the events could not be handed to PostgreSQL", e);
    }
  }

  private static void row(StringBuilder rows, Applied applied) {
    Event event = applied.event();
    ObjectNode what = event.properties().isEmpty() ? event.traits() : event.properties();
    text(rows, event.messageId()).append('\t').append(applied.lead().id).append('\t');
    text(rows, event.type()).append('\t');
    text(rows, event.name()).append('\t');
    rows.append(event.occurredAt()).append('\t').append(event.receivedAt()).append('\t');
    text(rows, event.site()).append('\t');
    text(rows, what.toString()).append('\t');
    text(rows, event.context().toString()).append('\n');
  }

  /** As COPY's text format wants it (PostgreSQL manual, COPY, File Formats). */
  private static StringBuilder text(StringBuilder rows, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        case '\t' -> rows.append("\\t");
        default -> rows.append(c);
      }
    }
    return rows;
  }
}
