package io.ripen.engine.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ripen.engine.standstill.StandstillLock.Answer;
import io.ripen.engine.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class StandstillIT {

  private static final Duration SOON = Duration.ofMinutes(1);

  private final PGSimpleDataSource database = TestDatabase.migratedWithoutPool();
  private final Turnstile turnstile = new Turnstile();
  private final AtomicInteger afterwards = new AtomicInteger();
  private final Standstill standstill =
      new Standstill(
          sessions("a worker"), turnstile, new Readers(List::of), afterwards::incrementAndGet);

  private Sessions sessions(String name) {
    return new Sessions(database.getURL(), database.getUser(), database.getPassword(), name);
  }

  @AfterEach
  void stop() {
    standstill.stop();
  }

  @Test
  void all_stand_still_for_who_has_the_lock_alone_and_go_on_after_it() throws Exception {
    start();
    // Nobody knows what was before.
    await().atMost(SOON).until(() -> afterwards.get() == 1);
    try (Connection session = sessions("backup").open(0)) {
      StandstillLock lock = new StandstillLock(session);
      assertThat(lock.takeAlone(SOON)).isEqualTo(new Answer.AllStandStill());
      assertThat(lock.isAlone()).isTrue();
      assertThat(turnstile.enter(Duration.ZERO)).isFalse();
      assertThat(afterwards).hasValue(1);
    }
    awaitOpen();
    await().atMost(SOON).until(() -> afterwards.get() == 2);
  }

  @Test
  void who_is_at_work_is_waited_for_and_named_where_that_takes_too_long() throws Exception {
    start();
    turnstile.enter();
    try (Connection session = sessions("backup").open(0)) {
      StandstillLock lock = new StandstillLock(session);
      assertThat(lock.takeAlone(Duration.ofSeconds(2)))
          .isInstanceOfSatisfying(
              Answer.SomeStillWork.class,
              some -> assertThat(some.who()).singleElement().asString().startsWith("a worker"));
      assertThat(lock.isAlone()).isFalse();
      // Nobody waits any more, so work goes on although that piece is not done.
      awaitOpen();
      turnstile.leave();
      assertThat(lock.takeAlone(SOON)).isEqualTo(new Answer.AllStandStill());
    }
  }

  @Test
  void a_process_that_starts_meanwhile_begins_nothing() throws Exception {
    try (Connection session = sessions("backup").open(0)) {
      StandstillLock lock = new StandstillLock(session);
      assertThat(lock.takeAlone(SOON)).isEqualTo(new Answer.AllStandStill());
      standstill.start();
      assertThat(turnstile.enter(Duration.ofSeconds(1))).isFalse();
      lock.leave();
    }
    awaitOpen();
  }

  @Test
  void without_its_session_a_process_begins_nothing_until_it_has_another() throws Exception {
    start();
    try (Connection session = sessions("a test").open(0);
        Statement statement = session.createStatement()) {
      // Held before the others are cut off, so the lock cannot be had again at once.
      var backup = new StandstillLock(session);
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'a worker'");
      assertThat(backup.takeAlone(SOON)).isEqualTo(new Answer.AllStandStill());
      await().atMost(SOON).until(() -> !entersAndLeaves());
      backup.leave();
    }
    awaitOpen();
  }

  private void start() {
    standstill.start();
    awaitOpen();
    await().atMost(SOON).until(this::isShared);
  }

  private boolean isShared() throws SQLException {
    try (Connection session = sessions("a test").open(0);
        Statement statement = session.createStatement();
        var row =
            statement.executeQuery(
                "select exists (select from pg_locks where locktype = 'advisory' and mode = 'ShareLock'"
                    + " and granted and classid = 1380536389::oid and database ="
                    + " (select oid from pg_database where datname = current_database()))")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void awaitOpen() {
    await().atMost(SOON).until(this::entersAndLeaves);
  }

  private boolean entersAndLeaves() throws InterruptedException {
    boolean enters = turnstile.enter(Duration.ZERO);
    if (enters) {
      turnstile.leave();
    }
    return enters;
  }
}
