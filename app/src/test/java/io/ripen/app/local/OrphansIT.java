package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the children when their launcher is killed. */
class OrphansIT {

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Process launcher;
  private PidFile postgres;

  @BeforeEach
  void start_a_launcher() throws IOException {
    Path output = folder.resolve("output");
    launcher =
        new ProcessBuilder(
                JavaProgram.executable().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresOnly.class.getName(),
                folder.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await()
        .atMost(SOON)
        .until(() -> Files.readString(output).lines().anyMatch(PostgresOnly.READY::equals));
    postgres = PidFile.read(folder.resolve("data/run/postgres.pid")).orElseThrow();
    assertThat(postgres.running()).isPresent();
  }

  @AfterEach
  void end_everything() {
    launcher.descendants().forEach(ProcessHandle::destroyForcibly);
    launcher.destroyForcibly();
    postgres.running().ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void children_of_a_launcher_that_was_killed_end_by_themselves() {
    launcher.destroyForcibly();

    await().atMost(SOON).until(() -> postgres.running().isEmpty());
  }

  @Test
  void next_start_ends_what_a_killed_launcher_and_its_killed_guard_have_left_and_says_so() {
    guard().orElseThrow().destroyForcibly();
    launcher.destroyForcibly();
    assertThat(postgres.running()).isPresent();

    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Terminal terminal = Terminal.plain(new PrintStream(said));
    await().atMost(SOON).until(() -> !launcher.isAlive());
    try (LocalStack next = PostgresOnly.in(folder.resolve("data"), terminal).start()) {
      assertThat(postgres.running()).isEmpty();
      assertThat(next.pid(Part.POSTGRES)).isNotEqualTo(postgres.pid());
    }
    assertThat(said.toString()).contains("killed", "PostgreSQL (process " + postgres.pid() + ")");
  }

  @Test
  void postgres_that_runs_and_is_not_written_down_keeps_its_folder_to_itself() throws IOException {
    guard().orElseThrow().destroyForcibly();
    launcher.destroyForcibly();
    await().atMost(SOON).until(() -> !launcher.isAlive());
    Files.delete(folder.resolve("data/run/postgres.pid"));

    assertThatThrownBy(
            () -> PostgresOnly.in(folder.resolve("data"), Terminal.plain(System.out)).start())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("in use by a PostgreSQL", "process " + postgres.pid());
    assertThat(postgres.running()).isPresent();
  }

  @Test
  void launcher_that_is_told_to_end_leaves_nothing() {
    launcher.destroy();

    await().atMost(SOON).until(() -> !launcher.isAlive());
    await().atMost(SOON).until(() -> postgres.running().isEmpty());
  }

  private Optional<ProcessHandle> guard() {
    return launcher
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("ripen-guard"))
        .findFirst();
  }
}
