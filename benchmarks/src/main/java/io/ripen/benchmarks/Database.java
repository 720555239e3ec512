package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Ripen's PostgreSQL, looked at from outside. */
final class Database implements AutoCloseable {

  private static final long STANDSTILL = Duration.ofMinutes(1).toNanos();
  private static final long SHORTEST_WAIT = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_WAIT = Duration.ofMillis(500).toNanos();

  private final String url;
  private final String user;
  private final String password;
  private final Connection connection;

  Database(String url, String user, String password) throws SQLException {
    this.url = url;
    this.user = user;
    this.password = password;
    this.connection = connect();
  }

  /** Another connection, the caller's own. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  Set<String> strings(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> strings = new HashSet<>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }

  /**
   * Waits until a query that counts up gives this number. Asks seldom while much is missing, so as
   * not to be in the way, and often towards the end.
   *
   * @return when it did, by {@link System#nanoTime()}
   * @throws Failure when the count stands still for a minute
   */
  long await(String what, String sql, long expected) throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    long first = number(sql);
    long count = first;
    long changed = begin;
    while (count < expected) {
      long now = System.nanoTime();
      double perNano = (count - first) / (double) (now - begin);
      long missing = perNano > 0 ? (long) ((expected - count) / perNano / 2) : LONGEST_WAIT / 10;
      Thread.sleep(Duration.ofNanos(Math.clamp(missing, SHORTEST_WAIT, LONGEST_WAIT)));
      long before = count;
      count = number(sql);
      if (count != before) {
        changed = System.nanoTime();
      } else if (System.nanoTime() - changed > STANDSTILL) {
        throw new Failure(
            "%s: %d of %d, and no more for a minute".formatted(what, count, expected));
      }
    }
    if (count > expected) {
      throw new Failure("%s: %d (expected: %d)".formatted(what, count, expected));
    }
    return System.nanoTime();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
