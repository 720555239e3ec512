package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "versions",
    mixinStandardHelpOptions = true,
    description =
        "List versions of flows, tables and forms: since when, by whom, how many run on each.")
final class FlowVersionsCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Parameters(
      paramLabel = "FLOW|TABLE",
      arity = "0..1",
      description = "a flow's id, or a table's or form's file (default: the newest of each)")
  private @Nullable String name;

  FlowVersionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode versions;
    try {
      versions =
          engine
              .api()
              .get(
                  name == null
                      ? "/api/versions"
                      : "/api/versions/"
                          + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    if (json) {
      terminal.sayPlain(versions.toPrettyString(), "reset");
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(name == null ? "NAME" : "", "VERSION", "DEPLOYED", "BY", "RUNNING"));
    for (JsonNode version : versions) {
      rows.add(row(version));
    }
    Table.lines(rows, 1, 4).forEach(line -> terminal.sayPlain(line, "reset"));
    return 0;
  }

  private List<String> row(JsonNode version) {
    return List.of(
        name == null ? version.path("name").asString("") : "",
        version.path("version").asString(""),
        Instant.parse(version.path("deployedAt").asString(""))
            .atZone(ZoneId.systemDefault())
            .format(TIME),
        version.path("deployedBy").asString("-"),
        version.path("running").asString(""));
  }
}
