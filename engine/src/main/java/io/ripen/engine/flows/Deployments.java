package io.ripen.engine.flows;

import io.ripen.engine.flows.Finding.Severity;
import io.ripen.engine.rules.KeepRules;
import io.ripen.engine.rules.RuleVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts what somebody deploys into service: files of rules, which the engine reads, and flows, which
 * Zeebe runs. Zeebe is asked while the rules are stored and not yet seen by anybody, so that a
 * refusal of either keeps the other off. Who dies between Zeebe's yes and our commit leaves the
 * flows deployed and the rules not; deploying again does the rest.
 */
final class Deployments {

  private final KeepRules rules;
  private final FlowDeploy flows;
  private final TransactionTemplate transaction;

  Deployments(KeepRules rules, FlowDeploy flows, TransactionTemplate transaction) {
    this.rules = rules;
    this.flows = flows;
    this.transaction = transaction;
  }

  /**
   * Deploys files, all or none, when they are in order: files of rules as the engine reads them,
   * and all as {@link FlowCheck} says, as they would lie in the engine's folder.
   *
   * @param files by name
   * @param by who does
   */
  DeployResult deploy(Map<String, byte[]> files, String by) {
    List<Finding> findings = problems(files);
    if (findings.isEmpty()) {
      findings = flows.problems(rules.newest(), files);
    }
    if (findings.stream().anyMatch(Finding::isError)) {
      return new DeployResult.Refused(findings.stream().filter(Finding::isError).toList());
    }
    Map<String, byte[]> forEngine = new LinkedHashMap<>(files);
    forEngine.keySet().removeIf(name -> !rules.reads(name));
    Map<String, byte[]> forZeebe = new LinkedHashMap<>(files);
    forZeebe.keySet().removeAll(forEngine.keySet());
    List<RuleVersion> kept = new ArrayList<>();
    DeployResult result =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  kept.addAll(rules.keep(forEngine, by));
                  DeployResult answer =
                      forZeebe.isEmpty()
                          ? new DeployResult.Deployed(List.of(), List.of())
                          : flows.hand(forZeebe);
                  if (!(answer instanceof DeployResult.Deployed)) {
                    status.setRollbackOnly();
                  }
                  return answer;
                }));
    if (!(result instanceof DeployResult.Deployed deployed)) {
      return result;
    }
    DeployResult.Deployed noted = flows.note(forZeebe, deployed, findings, by);
    kept.addAll(noted.tables());
    return new DeployResult.Deployed(noted.flows(), List.copyOf(kept), noted.warnings());
  }

  private List<Finding> problems(Map<String, byte[]> files) {
    List<Finding> findings = new ArrayList<>();
    files.forEach(
        (name, content) ->
            rules
                .problems(name, content)
                .forEach(
                    problem ->
                        findings.add(
                            new Finding(
                                Severity.ERROR,
                                name,
                                "",
                                "table",
                                problem.startsWith(name + ": ")
                                    ? problem.substring(name.length() + 2)
                                    : problem,
                                "correct it in Camunda Modeler: the engine could not use it"))));
    return findings;
  }
}
