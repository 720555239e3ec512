package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.ProgressBar;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Move running instances of a flow to another version.",
    footer = {
      "",
      "First it shows where they stand, where they would, and who cannot be moved",
      "and why: nobody whom it could bring a touch twice. Waits keep their time.",
      "Ctrl-C does no harm: the same command goes on with those who are left."
    })
final class FlowMigrateCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--from",
      paramLabel = "N",
      description = "only those on version N (default: all older versions)")
  private @Nullable Integer from;

  @Option(names = "--to", paramLabel = "M", description = "to version M (default: the newest)")
  private @Nullable Integer to;

  @Option(
      names = "--map",
      paramLabel = "OLD=NEW",
      description = "element OLD is NEW in the other version; all others keep their ids")
  private Map<String, String> map = new LinkedHashMap<>();

  @Option(names = "--dry-run", description = "only show what would be done")
  private boolean isDryRun;

  @Option(names = "--yes", description = "do not ask")
  private boolean isAgreed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many at a time, 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int batch = 100;

  @Parameters(paramLabel = "FLOW", description = "the flow's id")
  private String flow = "";

  FlowMigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (batch < 1 || batch > 1000) {
      throw new Failure("--batch is %d (expected: 1 to 1000)".formatted(batch));
    }
    EngineApi api = engine.api();
    try {
      JsonNode preview = api.post(path("preview"), wish());
      long movable = show(preview);
      if (isDryRun || movable == 0) {
        return isDryRun || total(preview) == 0 ? 0 : 1;
      }
      if (!isAgreed && !agrees(movable, preview.path("to").asInt(0))) {
        throw new Failure("nothing was moved (expected: a yes, or --yes)");
      }
      return move(api, total(preview));
    } catch (EngineApi.Away e) {
      throw new Failure(
          "%s. What is moved stays; the same command goes on with those who are left"
              .formatted(e.getMessage()),
          e);
    }
  }

  private String path(String what) {
    return "/api/flows/%s/migration/%s"
        .formatted(URLEncoder.encode(flow, StandardCharsets.UTF_8).replace("+", "%20"), what);
  }

  private Map<String, Object> wish() {
    Map<String, Object> wish = new HashMap<>();
    wish.put("map", map);
    if (from != null) {
      wish.put("from", from);
    }
    if (to != null) {
      wish.put("to", to);
    }
    return wish;
  }

  /** How many can be moved. */
  private long show(JsonNode preview) {
    int target = preview.path("to").asInt(0);
    int version = 0;
    long movable = 0;
    long refused = 0;
    for (JsonNode group : preview.path("groups")) {
      if (group.path("version").asInt(0) != version) {
        version = group.path("version").asInt(0);
        plain("%s, version %d → %d".formatted(flow, version, target), "bold");
      }
      long instances = group.path("instances").asLong(0);
      String reason = group.path("refused").asString("");
      boolean fits = reason.isEmpty();
      movable += fits ? instances : 0;
      refused += fits ? 0 : instances;
      plain("  %,d %s".formatted(instances, fits ? "would move" : "cannot be moved"), "reset");
      group.path("places").properties().forEach(place -> plain(place(place, fits), "reset"));
      for (JsonNode event : group.path("givenUp")) {
        plain(
            "      no longer waiting for %s, which version %d has not there, or with another signal; --map tells what it became"
                .formatted(event.asString(""), target),
            "yellow");
      }
      if (!fits) {
        plain("      because " + reason, "yellow");
      }
    }
    plain(
        movable + refused == 0
            ? "No instance of %s runs on another version than %d.".formatted(flow, target)
            : "%,d of %,d can be moved to version %d."
                .formatted(movable, movable + refused, target),
        "reset");
    return movable;
  }

  private static String place(Map.Entry<String, JsonNode> place, boolean fits) {
    String target = place.getValue().asString("");
    return "      at "
        + place.getKey()
        + (!fits || target.equals(place.getKey()) ? "" : " → " + target);
  }

  private static long total(JsonNode preview) {
    long all = 0;
    for (JsonNode group : preview.path("groups")) {
      all += group.path("instances").asLong(0);
    }
    return all;
  }

  private boolean agrees(long movable, int target) {
    return terminal
        .ask("Move %,d to version %d? [y/N] ".formatted(movable, target))
        .strip()
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  private int move(EngineApi api, long all) throws EngineApi.Away {
    var bar = new ProgressBar(terminal, "instances", 0);
    Map<String, Object> next = wish();
    next.put("batch", batch);
    long moved = 0;
    long gone = 0;
    long left = 0;
    boolean more = true;
    while (more) {
      JsonNode done = api.post(path("batch"), next);
      moved += done.path("moved").asLong(0);
      gone += done.path("gone").asLong(0);
      left += done.path("refused").asLong(0);
      for (JsonNode instance : done.path("left")) {
        left++;
        plain(
            "%d stays: %s"
                .formatted(
                    instance.path("instance").asLong(0), instance.path("reason").asString("")),
            "yellow");
      }
      bar.show(moved + gone + left, Math.max(all, moved + gone + left));
      next.put("version", done.path("version").asInt(0));
      next.put("after", done.path("after").asLong(0));
      more = done.path("more").asBoolean(false);
    }
    terminal.say(
        "@|green moved|@ %,d instances; %,d had ended meanwhile, %,d stay where they are"
            .formatted(moved, gone, left));
    return left == 0 ? 0 : 1;
  }

  /** Names of elements may look like markup. */
  private void plain(String text, String style) {
    terminal.sayPlain(text, style);
  }
}
