package io.ripen.engine.console;

/** The server would show people's data to everybody who can reach it. */
final class UnprotectedConsole extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnprotectedConsole(String address) {
    super(
        "The console has no password, and the server would listen on "
            + address
            + " (expected: a loopback address such as 127.0.0.1, or a password)");
  }
}
