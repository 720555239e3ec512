package io.ripen.app.cli;

import io.ripen.app.Terminal;
import io.ripen.engine.flows.Finding;
import io.ripen.engine.flows.FlowCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Say what is wrong with flows, tables, templates and messages; needs no server.")
final class FlowCheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = ".bpmn and .dmn files, element templates (default: all in the folder)")
  private List<Path> files = new ArrayList<>();

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
    return errors == 0 ? 0 : 1;
  }
}
