package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that a run has left behind because it was killed, and so was its guard. */
final class Leftovers {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Leftovers() {}

  /** Ends them, and says so. Called while the data folder is ours: no other run can own them. */
  static void end(DataFolder data, Terminal terminal) {
    try {
      List<String> ended = new ArrayList<>();
      List<ProcessHandle> running = new ArrayList<>();
      for (Part part : Part.values()) {
        Path file = file(data, part);
        if (Files.exists(file)) {
          Optional<ProcessHandle> process = PidFile.read(file).flatMap(PidFile::running);
          process.ifPresent(
              each -> {
                ended.add(part.title() + " (process " + each.pid() + ")");
                running.add(each);
              });
        }
      }
      running.forEach(ProcessHandle::destroy);
      for (ProcessHandle each : running) {
        await(each);
      }
      for (Part part : Part.values()) {
        Files.deleteIfExists(file(data, part));
      }
      if (!ended.isEmpty()) {
        terminal.say(
            "A run before this was killed. Ended what it left: " + String.join(", ", ended));
      }
    } catch (IOException e) {
      throw new Failure(data.run() + " cannot be read: " + DiskSpace.why(e), e);
    }
  }

  static Path file(DataFolder data, Part part) {
    return data.run().resolve(part.id() + ".pid");
  }

  private static void await(ProcessHandle process) {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process);
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      family.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process cannot be waited for", e);
    }
  }
}
