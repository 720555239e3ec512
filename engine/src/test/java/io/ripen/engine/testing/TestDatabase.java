package io.ripen.engine.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Real PostgreSQL: one server for the test JVM, one migrated database for whoever asks. */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  /**
   * A new database with Ripen's tables and no rows. A thread that asks for a second connection
   * while it has one fails.
   */
  public static DataSource migrated() {
    return new OneConnection(migratedForAnyUse());
  }

  /** The same, for a thread that keeps a connection to listen by. */
  public static DataSource migratedForAnyUse() {
    return KeptSessions.of(migratedWithoutPool());
  }

  /** The same; each connection is a session of its own, which ends with it. */
  public static PGSimpleDataSource migratedWithoutPool() {
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " template ripen_template");
    } catch (SQLException e) {
      throw new IllegalStateException("database " + name + " could not be made", e);
    }
    return (PGSimpleDataSource) Server.POSTGRES.getDatabase("postgres", name);
  }

  /** Started by the first who asks. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create database ripen_template");
        }
        Flyway.configure()
            .dataSource(postgres.getDatabase("postgres", "ripen_template"))
            .load()
            .migrate();
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException("the template database could not be made", e);
      }
    }
  }
}
