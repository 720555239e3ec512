package io.ripen.engine.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ripen.engine.loops.OneAtATime.Looks;
import io.ripen.engine.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class OneAtATimeIT {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Looks OFTEN = new Looks(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final String HERE = "the server whose line dies";

  private final PGSimpleDataSource database = TestDatabase.migratedWithoutPool();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final DeadLine line = new DeadLine(database.getPortNumbers()[0]);
  private final OneAtATime here = new OneAtATime(overTheLine(), "listens", OFTEN);
  private final OneAtATime elsewhere = new OneAtATime(database, "listens", OFTEN);

  private DataSource overTheLine() {
    PGSimpleDataSource other = new PGSimpleDataSource();
    other.setServerNames(new String[] {"127.0.0.1"});
    other.setPortNumbers(new int[] {line.port()});
    other.setDatabaseName(database.getDatabaseName());
    other.setUser(database.getUser());
    other.setPassword(database.getPassword());
    other.setApplicationName(HERE);
    return other;
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void one_works_and_the_other_has_its_turn_afterwards() throws Exception {
    assertThat(here.run(() -> !elsewhere.run(() -> true))).isTrue();
    assertThat(elsewhere.run(() -> true)).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void postgresql_notices_within_half_a_minute_that_a_machine_is_gone() throws Exception {
    AtomicReference<Connection> session = new AtomicReference<>();
    DataSource noted =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            session.set(connection);
            return connection;
          }
        };
    new OneAtATime(noted, "something short")
        .run(
            () -> {
              assertThat(shown(session.get(), "tcp_keepalives_idle")).isEqualTo("10");
              assertThat(shown(session.get(), "tcp_keepalives_interval")).isEqualTo("5");
              assertThat(shown(session.get(), "tcp_keepalives_count")).isEqualTo("3");
              return true;
            });
  }

  @Test
  void who_is_cut_off_stops_and_others_have_their_turn_when_postgresql_notices() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Exception> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                boolean unused = here.run(() -> listensForEver(begun));
                end.complete(new IllegalStateException("it went on"));
              } catch (SQLException | InterruptedException e) {
                end.complete(e);
              }
            });
    begun.await();
    line.die();

    assertThat(end).succeedsWithin(SOON).isInstanceOf(SQLException.class);
    assertThat(elsewhere.run(() -> true)).as("PostgreSQL knows nothing yet").isFalse();
    // As its keepalives do.
    sql.queryForList(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?", HERE);
    await().atMost(SOON).until(() -> elsewhere.run(() -> true));
    assertThat(here.run(() -> true)).as("over a new line").isTrue();
  }

  @Test
  void who_is_told_to_end_while_the_line_is_sound_ends() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> here.run(() -> listensForEver(new CountDownLatch(1))))
        .isInstanceOf(InterruptedException.class);
    assertThat(elsewhere.run(() -> true)).isTrue();
  }

  private static boolean listensForEver(CountDownLatch begun) throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await();
    return true;
  }

  private static String shown(Connection session, String setting) throws SQLException {
    try (Statement statement = session.createStatement();
        var row = statement.executeQuery("show " + setting)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
