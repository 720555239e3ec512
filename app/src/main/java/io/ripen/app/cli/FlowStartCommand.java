package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Start a flow for everybody in a segment, once for each lead.",
    footer = {
      "",
      "The engine does it, as fast as Zeebe takes it or at --per-hour: Ctrl-C ends the looking on",
      "only, and the same command looks on again. An engine that is stopped goes on after its",
      "start. When it is done, the same command does nothing, however long ago that was, unless",
      "--again is given. Who is in the flow already gets a run beside the first, unless the flow's",
      "own step \"Who may enter\" says no."
    })
final class FlowStartCommand implements Callable<Integer> {

  private static final String PATH = "/api/broadcasts";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(paramLabel = "FLOW", description = "the flow's id, as nurturing")
  private String flow = "";

  @Option(
      names = "--segment",
      paramLabel = "SEGMENT",
      required = true,
      description = "the segment's id; ripen segments lists them")
  private String segment = "";

  @Option(
      names = "--per-hour",
      paramLabel = "N",
      description =
          "the most starts in an hour; 0 for as many as Zeebe takes, which is the default, and"
              + " lifts what was said before")
  private @Nullable Integer perHour;

  @Option(
      names = "--dry-run",
      description = "only tell what it would do, for how many leads, in what time")
  private boolean dryRun;

  @Option(
      names = "--again",
      description = "start it once more for everybody, though it was started, stopped or failed")
  private boolean again;

  @Option(
      names = "--stop",
      description =
          "stop it; what runs goes on, and the command without this goes on with the rest")
  private boolean stop;

  FlowStartCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      return call(engine.api());
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private int call(EngineApi api) throws EngineApi.Away {
    if (dryRun) {
      return tellPlan(api.get(PATH + question()));
    }
    if (stop) {
      return stop(api);
    }
    ObjectNode asked = JsonNodeFactory.instance.objectNode().put("flow", flow);
    asked.put("segment", segment).put("perHour", perHour).put("again", again);
    JsonNode begun = api.post(PATH, asked);
    if (begun.path("state").asString("").equals("done")) {
      return tellDone(begun, "is done now");
    }
    if (begun.path("leads").asLong(0) == 0) {
      terminal.say(
          "Nobody is in %s yet, or its condition is new: starts begin when everybody was looked at."
              .formatted(segment));
    }
    return tell(
        new LookingOn(terminal, api, PATH + "/" + begun.path("id").asLong(0), "done").until(begun));
  }

  private String question() {
    return "/preview?flow=%s&segment=%s&again=%s%s"
        .formatted(
            encoded(flow), encoded(segment), again, perHour == null ? "" : "&perHour=" + perHour);
  }

  private int tellPlan(JsonNode plan) {
    String does = plan.path("does").asString("");
    if (does.equals("NOTHING")) {
      return tellDone(plan.path("last"), "would be done");
    }
    long leads = plan.path("leads").asLong(0);
    long perHourThen = plan.path("perHour").asLong(0);
    terminal.say(
        (does.equals("GOES_ON")
                    ? "would go on: %s for the %,d leads that are left"
                    : "would start %s for %,d leads")
                .formatted(flow, leads)
            + (perHourThen == 0
                ? ""
                : ", at %,d an hour: %s"
                    .formatted(perHourThen, time(plan.path("seconds").asLong(0)))));
    if (plan.path("beingCounted").asBoolean(false)) {
      terminal.say(
          "Who is in %s is still being counted, as its condition is new: nobody is started before"
                  .formatted(segment)
              + " that is over.");
    }
    return 0;
  }

  private static String time(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    return time.toDays() > 0
        ? "about %d d %d h".formatted(time.toDays(), time.toHoursPart())
        : "about %d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }

  private int tellDone(JsonNode last, String nothing) {
    terminal.say(
        "%s was started for %s already: that ended on %s, with %,d runs. Nothing %s; --again starts it once more for everybody."
            .formatted(flow, segment, endOf(last), last.path("started").asLong(0), nothing));
    return 0;
  }

  private int stop(EngineApi api) throws EngineApi.Away {
    ObjectNode asked = JsonNodeFactory.instance.objectNode().put("flow", flow);
    return tell(api.post(PATH + "/stop", asked.put("segment", segment)));
  }

  private int tell(JsonNode end) {
    String state = end.path("state").asString("");
    if (state.equals("failed")) {
      throw new Failure(
          "stopped after %,d leads: %s"
              .formatted(end.path("done").asLong(0), end.path("problem").asString("")));
    }
    long unknown = end.path("unknown").asLong(0);
    String more =
        unknown == 0
            ? ""
            : ", unknown: %,d (Zeebe did not say whether it took them)".formatted(unknown);
    terminal.say(
        "@|green %s|@ %s runs for %,d of %,d leads%s"
            .formatted(
                state.equals("done") ? "started" : "stopped",
                flow,
                end.path("started").asLong(0),
                end.path("leads").asLong(0),
                more));
    return 0;
  }

  private static String endOf(JsonNode broadcast) {
    return Instant.parse(broadcast.path("endedAt").asString(""))
        .atZone(ZoneId.systemDefault())
        .format(TIME);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
