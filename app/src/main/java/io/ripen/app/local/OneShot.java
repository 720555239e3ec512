package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program that does one thing and ends. */
final class OneShot {

  private OneShot() {}

  /** Waits for it; a bad end is told with what it printed, which the log keeps, too. */
  static void run(String title, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long before = Files.exists(log) ? Files.size(log) : 0;
    Process process = builder.start();
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        byte[] all = Files.readAllBytes(log);
        String output =
            new String(
                all,
                (int) before,
                all.length - (int) before,
                java.nio.charset.StandardCharsets.UTF_8);
        throw new Failure(
            title
                + " has ended with exit code "
                + exit
                + ". It said:\n"
                + output.strip().indent(4));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new Failure(title + " was interrupted", e);
    }
  }
}
