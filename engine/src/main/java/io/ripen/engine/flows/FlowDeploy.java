package io.ripen.engine.flows;

import io.camunda.client.CamundaClient;
import io.ripen.engine.flows.DeployResult.DeployedFlow;
import io.ripen.engine.rules.RuleVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks flows and hands them to Zeebe, all or none. */
public final class FlowDeploy {

  private final ZeebeDeploy zeebe;
  private final FlowCheck check;
  private final FolderAtStart folder;
  private final FlowRegistry registry;
  private final TableHistory tables;
  private final Clock clock;

  /**
   * For who has no database.
   *
   * @param registry told of each version that Zeebe has; may be one that does nothing, since the
   *     engine hears of it from Zeebe's export stream as well
   */
  public FlowDeploy(CamundaClient zeebe, FlowCheck check, FlowRegistry registry, Clock clock) {
    this(
        new ZeebeDeployByClient(zeebe),
        check,
        FolderAtStart.AS_IT_IS,
        registry,
        (files, by) -> List.of(),
        clock);
  }

  FlowDeploy(
      ZeebeDeploy zeebe,
      FlowCheck check,
      FolderAtStart folder,
      FlowRegistry registry,
      TableHistory tables,
      Clock clock) {
    this.zeebe = zeebe;
    this.check = check;
    this.folder = folder;
    this.registry = registry;
    this.tables = tables;
    this.clock = clock;
  }

  /** Deploys every flow of the folder, with the tables beside them, in one step. */
  public DeployResult deployAll() {
    return deploy(flowFiles());
  }

  /**
   * Deploys some files of the folder in one step, as at a start: Zeebe takes all or none. What did
   * not change since it was last deployed gets no new version.
   *
   * @param files {@code .bpmn}, {@code .dmn} and {@code .form} files
   */
  public DeployResult deploy(List<Path> files) {
    List<Finding> findings = check.check(files);
    if (findings.stream().anyMatch(Finding::isError)) {
      return new DeployResult.Refused(findings);
    }
    Map<Path, byte[]> inFolder = new LinkedHashMap<>();
    Map<String, byte[]> resources = new LinkedHashMap<>();
    try {
      for (Path file : files) {
        byte[] content = Files.readAllBytes(file);
        inFolder.put(file, content);
        // As Camunda Modeler names it: Zeebe compares by name when it looks for changes.
        resources.put(String.valueOf(file.getFileName()), folder.toDeploy(file, content));
      }
    } catch (IOException e) {
      return new DeployResult.Rejected("a file cannot be read: " + e.getMessage());
    }
    if (resources.size() < files.size()) {
      return new DeployResult.Rejected("two files have the same name (expected: each its own)");
    }
    if (resources.isEmpty()) {
      return new DeployResult.Deployed(List.of(), findings);
    }
    DeployResult result = hand(resources);
    if (!(result instanceof DeployResult.Deployed deployed)) {
      return result;
    }
    DeployResult.Deployed noted = note(resources, deployed, findings, RuleVersion.AT_START);
    folder.note(inFolder);
    return noted;
  }

  /** The files of the folder that Zeebe runs; what the engine reads itself is not. */
  List<Path> flowFiles() {
    return check.files().stream().filter(file -> !check.isEngines(file)).toList();
  }

  /** All that is wrong with files that do not lie in the folder. */
  List<Finding> problems(Map<String, byte[]> rules, Map<String, byte[]> files) {
    return new CheckInPlace(check).check(rules, files);
  }

  /** Zeebe's side alone. */
  DeployResult hand(Map<String, byte[]> resources) {
    return zeebe.deploy(resources);
  }

  /** Our side, once Zeebe has all of it: the versions, and whose they are. */
  DeployResult.Deployed note(
      Map<String, byte[]> resources,
      DeployResult.Deployed deployed,
      List<Finding> warnings,
      String by) {
    Instant now = clock.instant();
    for (DeployedFlow flow : deployed.flows()) {
      byte[] xml = resources.getOrDefault(flow.file(), new byte[0]);
      registry.register(
          flow.processKey(),
          flow.processId(),
          flow.version(),
          new String(xml, StandardCharsets.UTF_8),
          now);
      registry.credit(flow.processKey(), by, now);
    }
    Map<String, byte[]> others = new LinkedHashMap<>(resources);
    others.keySet().removeIf(file -> FlowCheck.isFlow(Path.of(file)));
    List<RuleVersion> kept = others.isEmpty() ? List.of() : tables.keep(others, by);
    return new DeployResult.Deployed(deployed.flows(), kept, warnings);
  }
}
