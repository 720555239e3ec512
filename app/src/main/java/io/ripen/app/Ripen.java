package io.ripen.app;

import io.ripen.app.cli.Commands;

/** The program. */
public final class Ripen {

  private Ripen() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String... arguments) {
    System.exit(Commands.run(Terminal.standard(), arguments));
  }
}
