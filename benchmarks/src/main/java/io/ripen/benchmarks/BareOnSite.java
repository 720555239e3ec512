package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's driver, with a connection for each caller that stays open: keeps a message and tells
 * all engines of it, by the statement that Ripen's own channel has, and notes that it was seen.
 */
final class BareOnSite implements Bare {

  private static final String ADD =
      """
      with added as (
        insert into onsite_message (lead_id, kind, author, message_id, title, text, buttons, look,
          created_at, expires_at)
        values (?::uuid, ?, 'flow', ?, ?, ?, ?::jsonb, ?::jsonb, now(), ?::timestamptz)
        on conflict (message_id) do nothing
        returning id, lead_id)
      select id from added, lateral pg_notify('ripen_onsite', lead_id || ':' || id)
      """;

  /** A window shows it. */
  static final String SEEN =
      """
      update onsite_message set shown_at = now(), shown_in = 'window'
      where message_id = ? and shown_at is null and taken_back_at is null
      """;

  private static final String SAMPLE =
      """
      select title, text, buttons, look, expires_at from onsite_message
      where kind = ? and author = 'flow' order by id desc limit 1
      """;

  private final Database database;
  private final String kind;
  private final Sample sample;
  private final Map<Integer, Writer> writers = new ConcurrentHashMap<>();

  private record Sample(
      String title, String text, String buttons, String look, @Nullable String expiresAt) {}

  private record Writer(
      Connection connection, PreparedStatement statement, PreparedStatement seen) {}

  /**
   * @param kind popup or chat; what Ripen kept last of it is kept again and again
   */
  BareOnSite(Database database, String kind) throws SQLException {
    this.database = database;
    this.kind = kind;
    this.sample = sample();
  }

  private Sample sample() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(SAMPLE)) {
      statement.setString(1, kind);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new Failure("Ripen has shown nothing by %s yet".formatted(kind));
        }
        return new Sample(
            row.getString("title"),
            row.getString("text"),
            row.getString("buttons"),
            row.getString("look"),
            row.getString("expires_at"));
      }
    }
  }

  @Override
  public void run(int caller, int number) throws SQLException {
    Writer writer = writer(caller);
    PreparedStatement statement = writer.statement();
    String message = "bare." + UUID.randomUUID();
    statement.setString(1, TouchLeads.lead(number).toString());
    statement.setString(2, kind);
    statement.setString(3, message);
    statement.setString(4, sample.title());
    statement.setString(5, sample.text());
    statement.setString(6, sample.buttons());
    statement.setString(7, sample.look());
    statement.setString(8, sample.expiresAt());
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new Failure("PostgreSQL kept nothing of message " + number);
      }
    }
    writer.seen().setString(1, message);
    if (writer.seen().executeUpdate() != 1) {
      throw new Failure("nobody could see message " + number);
    }
  }

  private Writer writer(int caller) throws SQLException {
    Writer open = writers.get(caller);
    if (open == null) {
      Connection connection = database.connect();
      open =
          new Writer(
              connection, connection.prepareStatement(ADD), connection.prepareStatement(SEEN));
      writers.put(caller, open);
    }
    return open;
  }

  @Override
  public void close() {
    for (Writer each : writers.values()) {
      try {
        each.connection().close();
      } catch (SQLException e) {
        // It is gone already.
      }
    }
  }
}
