package io.ripen.app.cli;

import io.camunda.client.CamundaClient;
import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.engine.flows.DeployResult;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.flows.FlowDeploy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = "Check flows and hand them to Zeebe, all or none.")
final class FlowDeployCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();

  @Option(
      names = "--zeebe",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:26500",
      description = "Zeebe's gRPC address (default: ${DEFAULT-VALUE})")
  private URI zeebe = URI.create("http://127.0.0.1:26500");

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
    try (CamundaClient client =
        CamundaClient.newClientBuilder().grpcAddress(zeebe).preferRestOverGrpc(false).build()) {
      // The engine hears of it from Zeebe's export stream.
      FlowDeploy deploy =
          new FlowDeploy(
              client,
              new FlowCheck(bpmn.path(), EngineTables::problems),
              (key, id, version, xml, at) -> {},
              Clock.systemUTC());
      return print(files.isEmpty() ? deploy.deployAll() : deploy.deploy(files));
    }
  }

  private int print(DeployResult result) {
    return switch (result) {
      case DeployResult.Deployed deployed -> {
        Findings.print(deployed.warnings(), terminal);
        deployed
            .flows()
            .forEach(
                flow ->
                    terminal.say(
                        "@|green deployed|@ %s, version %d (%s)"
                            .formatted(flow.processId(), flow.version(), flow.file())));
        yield 0;
      }
      case DeployResult.Refused refused -> {
        Findings.print(refused.findings(), terminal);
        throw new Failure("nothing was deployed: the check found errors");
      }
      case DeployResult.Rejected rejected ->
          throw new Failure("nothing was deployed, Zeebe refused: " + rejected.reason());
      case DeployResult.Unavailable unavailable ->
          throw new Failure(
              "Zeebe at %s did not answer: %s. Is it running? Deploying again does no harm"
                  .formatted(zeebe, unavailable.cause()));
    };
  }
}
