package io.ripen.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server that a PostgreSQL data folder names as its own.
 *
 * @param writtenAt when it wrote that down, right after it had begun
 */
record Postmaster(long pid, Instant writtenAt) {

  static final String FILE = "postmaster.pid";

  private static final String PROGRAM = "postgres";
  private static final int PID = 0;
  private static final int WRITTEN_AT = 2;

  /** Linux computes start times from a boot time that is only known to the second. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Empty when there is none, or the file is not whole. */
  static Optional<Postmaster> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    try {
      return lines.size() <= WRITTEN_AT
          ? Optional.empty()
          : Optional.of(
              new Postmaster(
                  Long.parseLong(lines.get(PID).strip()),
                  Instant.ofEpochSecond(Long.parseLong(lines.get(WRITTEN_AT).strip()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The process itself, if it still runs; one that began later has only got its number. */
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::same);
  }

  private boolean same(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    boolean program = info.command().map(path -> Path.of(path).endsWith(PROGRAM)).orElse(false);
    boolean time =
        info.startInstant().map(at -> !at.isAfter(writtenAt.plus(TOLERANCE))).orElse(false);
    return program && time;
  }
}
