package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "segments",
    mixinStandardHelpOptions = true,
    description = "Tell which segments there are, and how many leads are in each.")
final class SegmentsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  SegmentsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode segments;
    try {
      segments = engine.api().get("/api/segments");
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    if (segments.isEmpty()) {
      terminal.say("No segments yet: draw some in segments.dmn, beside the flows.");
    }
    for (JsonNode segment : segments) {
      terminal.sayPlain(
          "%-24s %,10d  %s"
              .formatted(
                  segment.path("id").asString(""),
                  segment.path("leads").asLong(0),
                  segment.path("condition").asString("a list that flows fill")),
          "reset");
    }
    return 0;
  }
}
