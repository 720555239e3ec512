package io.ripen.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that a test started, and that ends with the test JVM at the latest. */
final class Child implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Set<Child> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Child::wipeOut)));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a command; what it prints is kept as {@code target/logs/<name>-<number>.log}. */
  static Child start(String name, List<String> command, Map<String, String> environment) {
    return start(name, Path.of(""), command, environment);
  }

  /**
   * The command in a process group of its own, as a shell gives it to what it runs on a terminal.
   * What comes from a shell's background ignores Ctrl-C; this does not.
   */
  static List<String> onTerminal(List<String> command) {
    List<String> wrapped =
        new ArrayList<>(
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; setpgrp; exec { $ARGV[0] } @ARGV"));
    wrapped.addAll(command);
    return wrapped;
  }

  private static Child start(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    try {
      Path logs = Files.createDirectories(Build.target().resolve("logs"));
      Path log = logs.resolve("%s-%d.log".formatted(name, STARTED.incrementAndGet()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Child child = new Child(name, builder.start(), log);
      ALIVE.add(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @return what it printed
   */
  static String run(
      String name,
      Path folder,
      List<String> command,
      Map<String, String> environment,
      Duration limit) {
    try (Child child = start(name, folder, command, environment)) {
      child.awaitEnd(limit);
      if (child.exitCode() != 0) {
        throw new AssertionError(
            "%s ended with %d:%n%s".formatted(command, child.exitCode(), child.output()));
      }
      return child.output();
    }
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** All that it has printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a crash does it: no last word, and children are left behind. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
  }

  /** Of one that was started {@link #onTerminal}: SIGINT to all processes of its group. */
  void pressCtrlC() {
    run(List.of("sh", "-c", "kill -s INT -- -" + process.pid()));
    awaitEnd(Duration.ofSeconds(60));
  }

  /** Stands still, with its connections open, until it may {@link #resume()}. */
  void freeze() {
    signal(process.pid(), "STOP");
  }

  void resume() {
    signal(process.pid(), "CONT");
  }

  void awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("%s still runs after %s:%n%s".formatted(name, limit, output()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(name + " was not waited for", e);
    }
    ALIVE.remove(this);
  }

  /** Fails at once when the process ends instead. */
  void awaitOrFail(String what, Duration limit, Callable<Boolean> ready) {
    await(name + ": " + what)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(100))
        .failFast(this::failIfEnded)
        .ignoreExceptions()
        .until(ready);
  }

  private void failIfEnded() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "%s ended with %d:%n%s".formatted(name, process.exitValue(), output()));
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      resume();
      process.destroy();
      try {
        // One that keeps its classes for later ones writes them now.
        awaitEnd(Duration.ofMinutes(3));
      } catch (AssertionError stubborn) {
        kill();
        throw stubborn;
      }
    }
    ALIVE.remove(this);
  }

  /** With all that it started. */
  private void wipeOut() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static void signal(long pid, String signal) {
    run(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  private static void run(List<String> command) {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new AssertionError("%s: exit code %d".formatted(command, code));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
