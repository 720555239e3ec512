package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = "Erase one person for good (GDPR, article 17), and print the receipt.",
    footer = {
      "",
      "The engine does it: Ctrl-C ends the looking on only. An engine that dies goes on after",
      "its start. The receipt names nobody; ./ripen leads receipts shows it again."
    })
final class LeadsEraseCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private LeadChoice who = new LeadChoice();

  @Option(names = "--dry-run", description = "only show what would be erased")
  private boolean isDryRun;

  @Option(names = "--yes", description = "do not ask")
  private boolean isAgreed;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "who asks for it, for the receipt (default: your user name)")
  private String by = System.getProperty("user.name", "");

  LeadsEraseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    EngineApi api = engine.api();
    try {
      String id = who.id(api);
      String path = "/api/leads/%s/erase".formatted(id);
      if (isDryRun || !isAgreed) {
        show(api.post(path, Map.of("dryRun", true)));
      }
      if (isDryRun) {
        return 0;
      }
      if (!isAgreed && !agrees()) {
        throw new Failure("nothing was erased (expected: a yes, or --yes)");
      }
      JsonNode begun = api.post(path, Map.of("by", by));
      JsonNode receipt = lookOn(api, begun);
      terminal.sayPlain(
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(receipt),
          "reset");
      return 0;
    } catch (EngineApi.Away e) {
      throw new Failure(
          "%s. An erasure that has begun goes on by itself; the same command looks on again"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void show(JsonNode look) {
    terminal.sayPlain("lead " + look.path("leads").path(0).asString(""), "bold");
    look.path("rows")
        .properties()
        .forEach(
            row ->
                terminal.sayPlain(
                    "  %,8d %s".formatted(row.getValue().asLong(0), row.getKey()), "reset"));
  }

  private boolean agrees() {
    return terminal
        .ask("Erase all of this? It cannot be brought back. [y/N] ")
        .strip()
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  private JsonNode lookOn(EngineApi api, JsonNode begun) throws EngineApi.Away {
    JsonNode now = begun;
    String told = "";
    while (!now.path("state").asString("").equals("DONE")) {
      String problem = now.path("problem").asString("");
      if (!problem.isEmpty() && !problem.equals(told)) {
        terminal.sayPlain("  it waits: " + problem, "yellow");
        told = problem;
      }
      LockSupport.parkNanos(POLL.toNanos());
      now = api.get("/api/erasures/" + begun.path("id").asString(""));
    }
    return now;
  }
}
