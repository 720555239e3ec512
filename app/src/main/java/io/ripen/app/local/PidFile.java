package io.ripen.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process, as written down for the next start. A number alone proves nothing, for numbers are
 * given again; number, program and the time of its start together do.
 */
record PidFile(long pid, Instant startedAt, String executable) {

  /** Linux computes start times from a boot time that is only known to the second. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static PidFile of(ProcessHandle process, Path executable) throws IOException {
    Path real = Files.exists(executable) ? executable.toRealPath() : executable;
    return new PidFile(
        process.pid(), process.info().startInstant().orElse(Instant.now()), real.toString());
  }

  /** Empty when the file is not whole. */
  static Optional<PidFile> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      return lines.size() < 3
          ? Optional.empty()
          : Optional.of(
              new PidFile(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Files.write(file, List.of(Long.toString(pid), startedAt.toString(), executable));
  }

  /** The process itself, if it still runs. */
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::same);
  }

  private boolean same(ProcessHandle process) {
    boolean program = process.info().command().map(executable::equals).orElse(false);
    boolean time =
        process
            .info()
            .startInstant()
            .map(at -> Duration.between(startedAt, at).abs().compareTo(TOLERANCE) <= 0)
            .orElse(false);
    return program && time;
  }
}
