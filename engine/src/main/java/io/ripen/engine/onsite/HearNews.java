package io.ripen.engine.onsite;

import io.ripen.engine.loops.Loop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears from PostgreSQL of messages that any process keeps, and shows them in the windows that are
 * open here. After a time without hearing, all windows come anew and are told what they missed.
 */
final class HearNews implements Loop.Round, AutoCloseable {

  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final int ANSWER_SECONDS = 5;

  private final DataSource database;
  private final OnSiteJdbc table;
  private final Windows windows;
  private final Duration beat;
  private @Nullable Connection connection;
  private long beatAt = System.nanoTime();

  /**
   * @param beat how often the windows are told that we are there
   */
  HearNews(DataSource database, OnSiteJdbc table, Windows windows, Duration beat) {
    this.database = database;
    this.table = table;
    this.windows = windows;
    this.beat = beat;
  }

  @Override
  public boolean run() throws SQLException {
    try {
      Connection line = listening();
      PGNotification[] news =
          line.unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis());
      for (PGNotification each : news == null ? new PGNotification[0] : news) {
        show(each.getParameter());
      }
      beat(line);
      return true;
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Connection listening() throws SQLException {
    Connection open = connection;
    if (open == null) {
      Connection opened = database.getConnection();
      try (Statement statement = opened.createStatement()) {
        statement.execute("listen " + OnSiteJdbc.TOPIC);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      connection = opened;
      open = opened;
      windows.endAll();
    }
    return open;
  }

  private void show(String news) {
    if (windows.count() == 0) {
      return;
    }
    table
        .find(Long.parseLong(news.substring(news.indexOf(':') + 1)))
        .ifPresent(message -> windows.show(table.browsers(message), message));
  }

  /** A line that is cut without a word gives no news, and no error but when it is asked. */
  private void beat(Connection line) throws SQLException {
    if (System.nanoTime() - beatAt >= beat.toNanos()) {
      beatAt = System.nanoTime();
      if (!line.isValid(ANSWER_SECONDS)) {
        throw new SQLException("the line to PostgreSQL is gone");
      }
      windows.beat();
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try (open;
          Statement statement = open.createStatement()) {
        statement.execute("unlisten *");
      } catch (SQLException e) {
        // It is gone already.
      }
    }
  }
}
