package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "splits",
    mixinStandardHelpOptions = true,
    description = "Tell what came of a flow's A/B splits, and what can be said of it.")
final class FlowSplitsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Parameters(paramLabel = "FLOW", description = "a flow's id")
  private String flow = "";

  FlowSplitsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode splits;
    try {
      splits =
          engine
              .api()
              .get(
                  "/api/flows/%s/splits"
                      .formatted(
                          URLEncoder.encode(flow, StandardCharsets.UTF_8).replace("+", "%20")));
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    if (json) {
      terminal.sayPlain(splits.toPrettyString(), "reset");
    } else if (splits.isEmpty()) {
      terminal.say("No lead has come to an A/B split of %s yet.".formatted(flow));
    } else {
      splits.forEach(this::tell);
    }
    return 0;
  }

  private void tell(JsonNode split) {
    String test = split.path("test").asString("");
    terminal.sayPlain(
        "%s%s, goal: %s"
            .formatted(
                split.path("step").asString(""),
                test.isEmpty() ? "" : " (" + test + ")",
                split.path("goal").asString("")),
        "bold");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("GROUP", "LEADS", "REACHED", "RATE", "BETWEEN", "STILL HAVE TIME"));
    for (JsonNode variant : split.path("variants")) {
      rows.add(row(variant));
    }
    Table.lines(rows, 1, 2, 3, 4, 5).forEach(line -> terminal.sayPlain(line, "reset"));
    terminal.sayPlain(split.path("finding").asString(""), "reset");
  }

  private static List<String> row(JsonNode variant) {
    JsonNode interval = variant.path("interval");
    boolean known = interval.isObject();
    return List.of(
        variant.path("name").asString(""),
        variant.path("leads").asString(""),
        variant.path("reached").asString(""),
        known ? percent(variant.path("rate")) : "-",
        known ? percent(interval.path("low")) + " and " + percent(interval.path("high")) : "-",
        variant.path("underWay").asString(""));
  }

  private static String percent(JsonNode part) {
    return String.format(Locale.ROOT, "%.1f %%", part.asDouble() * 100);
  }
}
