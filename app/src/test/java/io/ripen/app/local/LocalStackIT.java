package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

  private static final Terminal TERMINAL = Terminal.plain(System.out);

  @TempDir Path folder;

  @Test
  void data_and_time_outlive_kills_and_ends() throws SQLException, IOException {
    try (LocalStack first =
        LocalStack.in(folder).withoutExporter().onFreePorts().shortLived().start()) {
      sql(first, "create table kept as select 42 as answer");
      first.advance(Duration.ofHours(1));
      for (Part part : Part.values()) {
        first.kill(part);
        first.start(part);
      }
      assertThat(answer(first)).isEqualTo(42);
      assertThatTimeIsMoved(first, Duration.ofHours(1));
      first.advance(Duration.ofDays(1));
    }
    try (LocalStack second =
        LocalStack.in(folder).withoutExporter().onFreePorts().shortLived().start()) {
      assertThat(answer(second)).isEqualTo(42);
      assertThatTimeIsMoved(second, Duration.ofHours(25));
    }
  }

  @Test
  void part_that_dies_by_itself_is_told_with_its_log() {
    try (LocalStack stack = PostgresOnly.in(folder, TERMINAL).start()) {
      CompletableFuture<Failure> death = new CompletableFuture<>();
      stack.onDeath(death::complete);

      Signals.send("KILL", stack.pid(Part.POSTGRES));

      await().atMost(Duration.ofMinutes(1)).until(death::isDone);
      assertThat(death.join())
          .hasMessageContainingAll(
              "PostgreSQL", "exit code 137", stack.logs().resolve("postgres.log").toString());
    }
  }

  @Test
  void part_that_does_not_start_is_told_with_its_last_lines() throws IOException {
    try (LocalStack stack = PostgresOnly.in(folder, TERMINAL).start()) {
      assertThat(stack.runs(Part.POSTGRES)).isTrue();
    }
    Files.writeString(folder.resolve("postgres/postgresql.conf"), "no such setting");

    assertThatThrownBy(() -> PostgresOnly.in(folder, TERMINAL).start())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("PostgreSQL", "exit code 1", "syntax error");
  }

  private static void assertThatTimeIsMoved(LocalStack stack, Duration offset) throws IOException {
    Instant moved = Instant.now().plus(offset);
    assertThat(stack.clock().instant()).isCloseTo(moved, within(1, ChronoUnit.MINUTES));
    assertThat(new ZeebeClock(stack.zeebeActuator()).read())
        .isCloseTo(moved, within(1, ChronoUnit.MINUTES));
  }

  private static void sql(LocalStack stack, String statement) throws SQLException {
    try (Connection connection = connect(stack);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static int answer(LocalStack stack) throws SQLException {
    try (Connection connection = connect(stack);
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("select answer from kept")) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  private static Connection connect(LocalStack stack) throws SQLException {
    return DriverManager.getConnection(
        stack.jdbcUrl(), stack.databaseUser(), stack.databasePassword());
  }
}
