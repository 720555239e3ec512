package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that we have started; its output goes to its log file. */
final class Child {

  private static final long ROTATE_BYTES = 20_000_000;
  private static final int TAIL_BYTES = 16_000;
  private static final int TAIL_LINES = 12;
  private static final Duration AFTER_SIGKILL = Duration.ofSeconds(10);

  private final Part part;
  private final Process process;
  private final Path log;
  private final long logStart;
  private final String stopSignal;
  private volatile boolean ending;

  private Child(Part part, Process process, Path log, long logStart, String stopSignal) {
    this.part = part;
    this.process = process;
    this.log = log;
    this.logStart = logStart;
    this.stopSignal = stopSignal;
  }

  static Child start(Server server, Launch launch, Path log) {
    Part part = server.part();
    try {
      if (Files.exists(log) && Files.size(log) > ROTATE_BYTES) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      ProcessBuilder builder = new ProcessBuilder(OwnSession.of(launch.command()));
      builder.directory(launch.directory().toFile());
      builder.environment().clear();
      builder.environment().putAll(launch.environment());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      return new Child(part, builder.start(), log, logStart, server.stopSignal());
    } catch (IOException e) {
      throw new Failure(part.title() + " could not be started: " + DiskSpace.why(e), e);
    }
  }

  Part part() {
    return part;
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether somebody has asked it to end. */
  boolean ending() {
    return ending;
  }

  /** Waits for its end, however that comes. */
  void awaitEnd() {
    process.onExit().join();
  }

  /** Ends it in its own good time, or after this patience by force. */
  void stop(Duration patience) {
    ending = true;
    if (alive()) {
      Signals.send(stopSignal, pid());
      if (!endsWithin(patience)) {
        kill();
      }
    }
  }

  /** SIGKILL to it and to all that it has started. */
  void kill() {
    ending = true;
    List<ProcessHandle> family = Stream.concat(Stream.of(handle()), process.descendants()).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : family) {
      try {
        each.onExit().get(AFTER_SIGKILL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.TimeoutException stuck) {
        // In the kernel's hands; there is no stronger signal.
        return;
      }
    }
  }

  private boolean endsWithin(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What to tell people about its unexpected end. */
  Failure death() {
    return new Failure(
        """
        %s (process %d) has ended with exit code %d. Its log is %s; the last lines:
        %s"""
            .formatted(
                part.title(),
                pid(),
                process.exitValue(),
                log,
                String.join("\n", lastLines().stream().map(line -> "    " + line).toList())));
  }

  /** What to tell people when it runs but does not become ready. */
  Failure notReady(Duration waited, String missing) {
    return new Failure(
        """
        %s (process %d) was not ready after %d s (%s). Its log is %s; the last lines:
        %s"""
            .formatted(
                part.title(),
                pid(),
                waited.toSeconds(),
                missing,
                log,
                String.join("\n", lastLines().stream().map(line -> "    " + line).toList())));
  }

  /** The end of its log, without what earlier runs wrote. */
  private List<String> lastLines() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(logStart, file.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: " + DiskSpace.why(e) + ")");
    }
  }
}
