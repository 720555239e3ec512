package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.ProgressBar;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Looks on at something that an engine does, until it is over. */
final class LookingOn {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Time enough for an engine to start anew. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Terminal terminal;
  private final EngineApi api;
  private final String path;
  private final String done;

  /**
   * @param path where the engine tells of it: its {@code state}, and how many {@code leads} there
   *     are
   * @param done the name of the count of leads that are done
   */
  LookingOn(Terminal terminal, EngineApi api, String path, String done) {
    this.terminal = terminal;
    this.api = api;
    this.path = path;
    this.done = done;
  }

  /** What the engine tells at the end. */
  JsonNode until(JsonNode begun) {
    JsonNode run = begun;
    var bar = new ProgressBar(terminal, "leads", run.path(done).asLong(0));
    long seenAt = System.nanoTime();
    while (run.path("state").asString("").equals("running")) {
      bar.show(run.path(done).asLong(0), run.path("leads").asLong(0));
      LockSupport.parkNanos(POLL.toNanos());
      try {
        run = api.get(path);
        seenAt = System.nanoTime();
      } catch (EngineApi.Away e) {
        if (System.nanoTime() - seenAt > PATIENCE.toNanos()) {
          throw new Failure(
              "%s. It goes on when it is back; the same command looks on again"
                  .formatted(e.getMessage()),
              e);
        }
      }
    }
    return run;
  }
}
