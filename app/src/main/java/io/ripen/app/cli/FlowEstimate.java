package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import io.ripen.engine.estimates.Estimate;
import io.ripen.engine.estimates.Lately;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.flows.FlowLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what flows will come to in a day, by what an engine says of the last ones. */
final class FlowEstimate {

  private static final String PATH = "/api/lately";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FlowCheck check;
  private final EngineOptions engine;
  private final Terminal terminal;

  FlowEstimate(FlowCheck check, EngineOptions engine, Terminal terminal) {
    this.check = check;
    this.engine = engine;
    this.terminal = terminal;
  }

  /**
   * Tells it.
   *
   * @param files none means all in the folder
   * @throws Failure when no engine says what happened
   */
  void tell(List<Path> files) {
    try {
      tell(check.loads(files), engine.api().get(PATH));
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Tells it where it can be had, and why not where it cannot; keeps nobody from going on. */
  void tellIfPossible(List<Path> files) {
    List<FlowLoad> loads = check.loads(files);
    if (loads.isEmpty()) {
      return;
    }
    try {
      tell(loads, engine.api().get(PATH, PATIENCE));
    } catch (EngineApi.Away | Failure e) {
      terminal.say("No estimate of runs and touches: %s".formatted(e.getMessage()));
    }
  }

  private void tell(List<FlowLoad> loads, JsonNode answer) {
    Lately lately = read(answer);
    Estimate estimate = new Estimate(lately, check.loads(List.of()));
    terminal.say("If all goes on as in the last %s:".formatted(Estimate.span(lately.days())));
    loads.stream()
        .map(estimate::of)
        .flatMap(List::stream)
        .forEach(line -> terminal.sayPlain("  " + line, "reset"));
  }

  private static Lately read(JsonNode answer) {
    try {
      return JsonMapper.shared().treeToValue(answer, Lately.class);
    } catch (JacksonException e) {
      throw new Failure("the engine is of another version, and says it otherwise", e);
    }
  }
}
