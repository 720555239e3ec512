package io.ripen.engine.flows;

import io.ripen.engine.flows.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Collects what is found in one file. */
final class Report {

  private final String file;
  private final List<Finding> findings = new ArrayList<>();

  Report(String file) {
    this.file = file;
  }

  void error(String where, String rule, String problem, String fix) {
    findings.add(new Finding(Severity.ERROR, file, where, rule, problem, fix));
  }

  void error(ModelElementInstance element, String rule, String problem, String fix) {
    error(Flow.id(element), rule, problem, fix);
  }

  void warning(ModelElementInstance element, String rule, String problem, String fix) {
    findings.add(new Finding(Severity.WARNING, file, Flow.id(element), rule, problem, fix));
  }

  /** A finding in another file that this one needs. */
  void add(Finding finding) {
    findings.add(finding);
  }

  /** Whether something that begins like this has been said of the element. */
  boolean tells(ModelElementInstance element, String beginning) {
    return findings.stream()
        .anyMatch(
            finding ->
                finding.where().equals(Flow.id(element))
                    && finding.problem().startsWith(beginning));
  }

  /**
   * The ids of elements of which something has been said that keeps the flow from being deployed.
   */
  Set<String> elementsWithErrors() {
    return findings.stream()
        .filter(Finding::isError)
        .map(Finding::where)
        .collect(Collectors.toCollection(HashSet::new));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
