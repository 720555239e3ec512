package io.ripen.app.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java's own API cannot send. */
final class Signals {

  private Signals() {}

  /**
   * Sends it; a process that is gone is no error.
   *
   * @param signal its name without SIG
   */
  static void send(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
