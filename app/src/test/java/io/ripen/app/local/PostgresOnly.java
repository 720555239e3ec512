package io.ripen.app.local;

import io.ripen.app.Terminal;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A launcher of its own process, with the part that starts fastest; the tests kill it. */
final class PostgresOnly {

  static final String READY = "ready";

  private PostgresOnly() {}

  public static void main(String... arguments) throws InterruptedException {
    in(Path.of(arguments[0]), Terminal.plain(System.out)).start();
    System.out.println(READY);
    new CountDownLatch(1).await();
  }

  static LocalStackBuilder in(Path folder, Terminal terminal) {
    return LocalStack.in(folder)
        .without(Part.KAFKA)
        .without(Part.ZEEBE)
        .onFreePorts()
        .terminal(terminal);
  }
}
