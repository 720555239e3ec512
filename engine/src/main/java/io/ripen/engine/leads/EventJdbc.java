package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.leads.ApplyEvents.Applied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code event}: what happened, once per message id. */
final class EventJdbc {

  private static final String COPY =
      """
      copy event (message_id, lead_id, type, name, occurred_at, received_at, site, properties,
        context) from stdin with (format binary)
      """;

  /** Each with the lead that whoever it happened to is today. */
  private static final String PAST =
      """
      select f.today, e.message_id, e.type, e.name, e.occurred_at, e.received_at, e.site,
        e.properties::text, e.context::text
      from (
        select l.id, l.id as today from lead l where l.id = any(:leads::uuid[])
        union all
        select l.id, l.merged_into from lead l where l.merged_into = any(:leads::uuid[])
      ) f
      join event e on e.lead_id = f.id
      order by e.occurred_at, e.message_id
      """;

  private static final int ROWS_AT_ONCE = 500;
  private static final ObjectReader JSON = new EventJson().mapper().readerFor(ObjectNode.class);

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

  /**
   * Reads all that ever happened to these leads and to those that turned out to be one of them, in
   * the order of time and a few at a time, in the caller's transaction. What they went by then (ids
   * of browsers and users) was not kept.
   *
   * @param leads none that was merged into another one
   */
  void past(Set<UUID> leads, BiConsumer<UUID, Event> each) {
    JdbcClient.create(jdbc)
        .sql(PAST)
        .withFetchSize(ROWS_AT_ONCE)
        .param("leads", Rows.column(leads, id -> id))
        .query((ResultSet row) -> each.accept(Rows.uuid(row, 1), event(row)));
  }

  private static Event event(ResultSet row) throws SQLException {
    String type = row.getString(3);
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    ObjectNode told = JSON.readValue(row.getString(8));
    boolean isOfTraits = type.equals("identify") || type.equals("group");
    return new Event(
        row.getString(2),
        type,
        row.getString(4),
        null,
        null,
        null,
        null,
        null,
        Rows.instant(row, 5),
        Rows.instant(row, 6),
        row.getString(7),
        isOfTraits ? none : told,
        isOfTraits ? told : none,
        JSON.readValue(row.getString(9)));
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
