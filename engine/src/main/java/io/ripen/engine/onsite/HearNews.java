package io.ripen.engine.onsite;

import io.ripen.engine.loops.Loop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
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

  /** Proxies close lines that are silent for a minute. */
  private static final Duration BEAT = Duration.ofSeconds(25);

  private final DataSource database;
  private final OnSiteJdbc table;
  private final Windows windows;
  private @Nullable Connection connection;
  private long beatAt = System.nanoTime();

  HearNews(DataSource database, OnSiteJdbc table, Windows windows) {
    this.database = database;
    this.table = table;
    this.windows = windows;
  }

  @Override
  public boolean run() throws SQLException {
    try {
      PGNotification[] news = listening().getNotifications((int) WAIT.toMillis());
      for (PGNotification each : news == null ? new PGNotification[0] : news) {
        show(each.getParameter());
      }
      beat();
      return true;
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private PGConnection listening() throws SQLException {
    if (connection == null) {
      Connection opened = database.getConnection();
      try (Statement statement = opened.createStatement()) {
        statement.execute("listen " + OnSiteJdbc.TOPIC);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      connection = opened;
      windows.endAll();
    }
    return connection.unwrap(PGConnection.class);
  }

  /** Of who looks on from another engine nobody is here. */
  private void show(String news) {
    int colon = news.indexOf(':');
    UUID leadId = UUID.fromString(news.substring(0, colon));
    var browsers = table.browsers(leadId);
    table
        .find(Long.parseLong(news.substring(colon + 1)))
        .ifPresent(message -> windows.show(browsers, message));
  }

  private void beat() {
    if (System.nanoTime() - beatAt > BEAT.toNanos()) {
      beatAt = System.nanoTime();
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
