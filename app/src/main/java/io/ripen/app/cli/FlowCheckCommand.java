package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import io.ripen.engine.flows.Finding;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.flows.FlowLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Say what is wrong with flows, tables, templates and messages; needs no server.",
    footer = {
      "",
      "With --estimate it also says how many runs and messages a day they come to, by the signals",
      "of the last week that a running engine has counted."
    })
final class FlowCheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = ".bpmn and .dmn files, element templates (default: all in the folder)")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--estimate",
      description = "also say how many runs and messages a day to expect; asks an engine")
  private boolean estimate;

  @Mixin private EngineOptions engine = new EngineOptions();

  FlowCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    FlowCheck check = new FlowCheck(bpmn.path(), EngineTables::problems);
    List<Finding> findings = files.isEmpty() ? check.all() : check.check(files);
    Findings.print(findings, terminal);
    long errors = findings.stream().filter(Finding::isError).count();
    terminal.say(
        findings.isEmpty()
            ? "@|green Nothing to complain about.|@"
            : "%d errors, %d warnings".formatted(errors, findings.size() - errors));
    if (estimate) {
      estimate(check.loads(files));
    }
    return errors == 0 ? 0 : 1;
  }

  private void estimate(List<FlowLoad> loads) {
    JsonNode counted;
    try {
      counted = engine.api().get("/api/signals/per-day");
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    terminal.say(
        "By the signals of the last %.1f days, in a day:"
            .formatted(counted.path("days").asDouble(0)));
    loads.forEach(load -> terminal.sayPlain(line(load, counted.path("signals")), "reset"));
  }

  private static String line(FlowLoad load, JsonNode perDay) {
    List<String> uncounted = load.starts().stream().filter(signal -> !perDay.has(signal)).toList();
    double runs =
        load.starts().stream().mapToDouble(signal -> perDay.path(signal).asDouble(0)).sum();
    return "  %-28s %,10.1f runs, at most %,.1f messages%s"
        .formatted(
            load.flow(),
            runs,
            runs * load.messages(),
            uncounted.isEmpty() ? "" : " (none came of " + String.join(", ", uncounted) + ")");
  }
}
