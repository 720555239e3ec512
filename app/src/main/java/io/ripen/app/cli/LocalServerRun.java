package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.local.LocalServer;
import io.ripen.app.local.LocalStack;
import io.ripen.app.local.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of the local server on a terminal, from the first line to the last. */
final class LocalServerRun {

  private final Terminal terminal;
  private final AtomicBoolean stopping = new AtomicBoolean();

  LocalServerRun(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns only when something went wrong; a signal ends the JVM from elsewhere. */
  int run(@Nullable Path data, List<String> options) {
    long began = System.nanoTime();
    LocalServer server = LocalServer.prepare(data, options, terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    try {
      server.start();
      summarize(server, Duration.ofNanos(System.nanoTime() - began));
      throw server.death().join();
    } catch (Failure failure) {
      if (stopping.get()) {
        // Things end because a signal came: no failure.
        return 0;
      }
      terminal.complain(String.valueOf(failure.getMessage()));
      stop(server);
      return 1;
    }
  }

  private void stop(LocalServer server) {
    boolean first = stopping.compareAndSet(false, true);
    server.close();
    if (first) {
      terminal.say("Stopped.");
    }
  }

  private void summarize(LocalServer server, Duration took) {
    String url = "http://localhost:" + server.httpPort();
    LocalStack stack = server.stack();
    terminal.say("");
    terminal.say("  @|bold,green Ripen runs|@, started in %d s".formatted(took.toSeconds()));
    terminal.say("");
    line("Console", url + "/");
    line("Demo shop", url + "/shop");
    line("Mailbox", url + "/mailbox");
    if (stack.runs(Part.ZEEBE)) {
      line(
          "Zeebe", stack.zeebeGrpc() + "   for Camunda Modeler's deploy button, no authentication");
    }
    line("Data", stack.dataFolder().toString());
    terminal.say("");
    terminal.say("  Leave a cart behind in the shop, or see the whole story in two minutes:");
    terminal.say("  @|bold ./ripen demo|@");
    terminal.say("");
    terminal.say("  Ctrl-C stops everything.");
    terminal.say("");
  }

  private void line(String name, String value) {
    terminal.say("  %-11s@|cyan %s|@".formatted(name, value));
  }
}
