package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.app.local.JavaProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ripen server engine} or {@code workers} as a process of its own; ends with us. */
final class Role implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;
  private final int port;
  private final Thread endWithUs;

  private Role(String name, Process process, Path log, int port) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.port = port;
    this.endWithUs = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /**
   * Starts it on a free port; what it prints goes to the end of a log in this folder. The first one
   * of a name ends once it is ready: the JVM keeps its classes then, and all later ones start in
   * half the time.
   */
  static Role start(String name, Path logs, List<String> jvmOptions, Map<String, String> properties)
      throws IOException, InterruptedException {
    Path classes = Build.target().resolve(name + ".jsa");
    List<String> options = new ArrayList<>(JavaProgram.sharing(classes));
    options.addAll(jvmOptions);
    if (!Files.exists(classes)) {
      try (Role first = startNow(name, logs, options, properties)) {
        first.awaitReady();
      }
    }
    return startNow(name, logs, options, properties);
  }

  private static Role startNow(
      String name, Path logs, List<String> jvmOptions, Map<String, String> properties)
      throws IOException {
    int port = freePort();
    List<String> arguments = new ArrayList<>(List.of("server", name, "--server.port=" + port));
    properties.forEach((key, value) -> arguments.add("--%s=%s".formatted(key, value)));
    Path log = logs.resolve(name + ".log");
    Process process =
        new ProcessBuilder(Build.ripen(jvmOptions, arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Role(name, process, log, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** Returns when it takes requests. */
  void awaitReady() throws InterruptedException {
    URI readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!answersWell(client, readiness)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw notReady();
        }
        Thread.sleep(200);
      }
    }
  }

  private static boolean answersWell(HttpClient client, URI readiness) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(readiness).timeout(STOP_WITHIN).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Failure notReady() {
    String what =
        process.isAlive()
            ? "was not ready after " + READY_WITHIN.toSeconds() + " s"
            : "ended with exit code " + process.exitValue();
    try {
      List<String> lines = Files.readAllLines(log);
      return new Failure(
          "%s %s. Its log is %s; the last lines:%n%s"
              .formatted(
                  name,
                  what,
                  log,
                  String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()))));
    } catch (IOException e) {
      return new Failure("%s %s, and its log %s cannot be read".formatted(name, what, log), e);
    }
  }

  /** Ends it as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    close();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(endWithUs);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException endingAlready) {
      // The JVM ends; the hook does no harm.
    }
  }
}
