package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import java.util.List;

/** What one rule says of a flow that is called {@code flow}. */
final class RuleProbe {

  private RuleProbe() {}

  static List<String> findings(FlowRule rule, BpmnModelInstance model) {
    Report report = new Report("flow.bpmn");
    rule.check(
        new Flow("flow.bpmn", "flow", "flow", model, (Process) model.getModelElementById("flow")),
        report);
    return report.findings().stream().map(Finding::toString).toList();
  }
}
