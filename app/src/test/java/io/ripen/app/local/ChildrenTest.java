package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private DataFolder data;
  private Children children;
  private final List<Failure> deaths = new CopyOnWriteArrayList<>();

  @BeforeEach
  void begin() {
    data = DataFolder.open(folder);
    children = new Children(data, Terminal.plain(System.out), SOON);
    children.onDeath(deaths::add);
  }

  @AfterEach
  void end() {
    children.close();
    data.close();
  }

  @Test
  void child_that_cannot_be_written_down_is_not_left_running() throws IOException {
    Files.createDirectories(Leftovers.file(data, Part.POSTGRES).resolve("in the way"));

    assertThatThrownBy(() -> children.start(List.of(new Sleeper(Optional::empty))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("PostgreSQL could not be started");

    assertThat(sleepers()).isEmpty();
  }

  @Test
  void child_that_ends_at_the_moment_when_it_is_ready_is_told() {
    Sleeper sleeper =
        new Sleeper(
            () -> {
              endSleeper();
              return Optional.empty();
            });

    assertThatThrownBy(() -> children.start(List.of(sleeper)))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("PostgreSQL", "exit code");
    assertThat(deaths).isEmpty();
  }

  @Test
  void child_that_ends_later_is_told_to_who_listens() {
    children.start(List.of(new Sleeper(Optional::empty)));

    endSleeper();

    await().atMost(SOON).until(() -> deaths.size() == 1);
  }

  /** Waits for it first: for a moment after its start, its command is still the launcher's own. */
  private void endSleeper() {
    await().atMost(SOON).until(() -> !sleepers().isEmpty());
    List<ProcessHandle> ending = sleepers();
    ending.forEach(ProcessHandle::destroyForcibly);
    await().atMost(SOON).until(() -> ending.stream().noneMatch(ProcessHandle::isAlive));
  }

  private List<ProcessHandle> sleepers() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().arguments().map(List::of).orElse(List.of()).contains("4321"))
        .toList();
  }

  /** A server that does nothing. */
  private record Sleeper(Supplier<Optional<String>> readiness) implements Server {

    @Override
    public Part part() {
      return Part.POSTGRES;
    }

    @Override
    public void prepare() {}

    @Override
    public Launch launch() {
      return new Launch(List.of("sleep", "4321"), Path.of("/bin/sleep"), Path.of("/"), Map.of());
    }

    @Override
    public String stopSignal() {
      return "TERM";
    }

    @Override
    public Optional<String> missing() {
      return readiness.get();
    }
  }
}
