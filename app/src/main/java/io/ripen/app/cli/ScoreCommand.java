package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "score", mixinStandardHelpOptions = true, description = "Look after points.")
final class ScoreCommand implements Runnable {

  private static final String PATH = "/api/score/recompute";

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  @Command(
      name = "recompute",
      mixinStandardHelpOptions = true,
      description = "Apply score.dmn, as it was deployed last, to all past events.",
      footer = {
        "",
        "The engine does it, and takes events in meanwhile: Ctrl-C ends the looking on only,",
        "and the same command looks on again. An engine that is stopped goes on after its start.",
        "After a change of the file: @|bold ripen flow deploy bpmn/score.dmn|@, then this."
      })
  int recompute(@Mixin EngineOptions engine) {
    EngineApi api = engine.api();
    JsonNode run;
    try {
      run = api.post(PATH);
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    JsonNode end = new LookingOn(terminal, api, PATH, "leadsDone").until(run);
    if (end.path("state").asString("").equals("failed")) {
      throw new Failure(
          "the engine could not recompute the scores, and stopped after %,d of %,d leads: %s. See its log; what is done stays"
              .formatted(
                  count(end, "leadsDone"), count(end, "leads"), end.path("problem").asString("")));
    }
    terminal.say(
        "@|green recomputed|@ %,d leads, %,d of them changed; entries: %,d added, %,d changed, %,d removed"
            .formatted(
                count(end, "leadsDone"),
                count(end, "leadsChanged"),
                count(end, "entriesAdded"),
                count(end, "entriesChanged"),
                count(end, "entriesRemoved")));
    return 0;
  }

  private static long count(JsonNode run, String name) {
    return run.path(name).asLong(0);
  }
}
