package io.ripen.app.cli;

import io.ripen.app.Terminal;
import io.ripen.engine.flows.Finding;
import io.ripen.engine.flows.FlowCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Say what is wrong with flows, tables, templates and messages; needs no server.",
    footer = {
      "",
      "Where an engine can be reached, it also says how many runs and touches a day the flows come",
      "to, by what leads did in the last week."
    })
final class FlowCheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          ".bpmn, .dmn and .form files, element templates, and messages, with their flow (default:"
              + " all in the folder)")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--estimate",
      negatable = true,
      fallbackValue = "true",
      description =
          "say how many runs and touches a day to expect, or fail; with --no-, ask no engine"
              + " (default: where one can be reached)")
  private @Nullable Boolean estimate;

  @Mixin private EngineOptions engine = new EngineOptions();

  FlowCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    FlowCheck check = new FlowCheck(bpmn.path(), EngineTables::problems);
    List<Finding> findings = findings(check);
    Findings.print(findings, terminal);
    long errors = findings.stream().filter(Finding::isError).count();
    terminal.say(
        findings.isEmpty()
            ? "@|green Nothing to complain about.|@"
            : "%d errors, %d warnings".formatted(errors, findings.size() - errors));
    FlowEstimate estimates = new FlowEstimate(check, engine, terminal);
    if (estimate == null) {
      estimates.tellIfPossible(files);
    } else if (estimate) {
      estimates.tell(files);
    }
    return errors == 0 ? 0 : 1;
  }

  private List<Finding> findings(FlowCheck check) {
    if (files.isEmpty()) {
      return check.all();
    }
    List<Finding> findings = new ArrayList<>(check.checkNamed(files));
    if (findings.stream().noneMatch(Finding::isError)) {
      findings.addAll(check.palette().behind());
    }
    return findings;
  }
}
