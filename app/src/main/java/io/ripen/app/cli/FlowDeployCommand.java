package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import io.ripen.engine.flows.Finding;
import io.ripen.engine.flows.FlowCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = "Check flows and tables and put them into service, all or none.",
    footer = {
      "",
      "Forms for sites (bpmn/forms) are shown from their files, and are not deployed.",
      "The engine checks once more, and warns of ids that are another step than in the version",
      "that is in service.",
      "Runs that are under way stay on their version (@|bold ripen flow migrate|@ moves them).",
      "signals.dmn, score.dmn, segments.dmn and routing.dmn hold in all processes about a second",
      "later."
    })
final class FlowDeployCommand implements Callable<Integer> {

  private static final String PATH = "/api/deployments";

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();
  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "who deploys, for the list of versions (default: ${DEFAULT-VALUE})")
  private String by = System.getProperty("user.name", "unknown");

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = ".bpmn, .dmn and .form files (default: all in the folder)")
  private List<Path> files = new ArrayList<>();

  FlowDeployCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    FlowCheck check = new FlowCheck(bpmn.path(), EngineTables::problems);
    List<Path> chosen = files.isEmpty() ? check.deployable() : files;
    List<Finding> findings =
        check.checkToDeploy(chosen).stream()
            .filter(finding -> !FlowCheck.isForEngineToSay(finding))
            .toList();
    Findings.print(findings, terminal);
    if (findings.stream().anyMatch(Finding::isError)) {
      throw new Failure("nothing was deployed: the check found errors");
    }
    new FlowEstimate(check, engine, terminal).tellIfPossible(chosen);
    List<Map<String, Object>> contents = chosen.stream().map(FlowDeployCommand::content).toList();
    try {
      print(engine.api().post(PATH, Map.of("by", by, "files", contents)), findings);
    } catch (EngineApi.Away e) {
      throw new Failure(
          "%s. Deploying again does no harm: what is there already gets no second version"
              .formatted(e.getMessage()),
          e);
    }
    return 0;
  }

  private static Map<String, Object> content(Path file) {
    try {
      return Map.of(
          "name", String.valueOf(file.getFileName()), "content", Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Failure("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Of the engine's warnings those that were not said before: it knows what is in service. */
  private void print(JsonNode deployed, List<Finding> said) {
    Set<String> before = said.stream().map(Finding::toString).collect(Collectors.toSet());
    for (JsonNode warning : deployed.path("warnings")) {
      if (!before.contains(warning.asString(""))) {
        terminal.sayPlain(warning.asString(""), "yellow");
      }
    }
    for (JsonNode flow : deployed.path("flows")) {
      say(flow.path("id").asString(""), flow);
    }
    for (JsonNode table : deployed.path("tables")) {
      say(table.path("name").asString(""), table);
    }
  }

  private void say(String name, JsonNode deployed) {
    terminal.say(
        "@|green deployed|@ %s, version %d".formatted(name, deployed.path("version").asInt(0)));
  }
}
