package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BusinessRuleTask;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.ripen.engine.content.Nearest;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The flows and tables that steps ask for are there. */
final class CalledRule implements FlowRule {

  private static final String NO_DECISION = "decision-missing";
  private static final String NO_FLOW = "flow-missing";

  /** By which its findings are known. */
  static final Set<String> NAMES = Set.of(NO_DECISION, NO_FLOW);

  private static final String START_FLOW = "start-flow";

  private final CallableIds callable;
  private final Existing existing;

  /**
   * @param callable what lies in the folder or is deployed together
   */
  CalledRule(CallableIds callable, Existing existing) {
    this.callable = callable;
    this.existing = existing;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (BusinessRuleTask task : flow.all(BusinessRuleTask.class)) {
      Flow.extension(task, ZeebeCalledDecision.class)
          .map(ZeebeCalledDecision::getDecisionId)
          .ifPresent(id -> checkDecision(task, id, report));
    }
    for (CallActivity task : flow.all(CallActivity.class)) {
      Flow.extension(task, ZeebeCalledElement.class)
          .map(ZeebeCalledElement::getProcessId)
          .ifPresent(id -> checkFlow(task, id, report));
    }
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      if (Flow.jobType(task).filter(START_FLOW::equals).isPresent()) {
        Flow.header(task, "flow").ifPresent(id -> checkFlow(task, id, report));
      }
    }
  }

  private void checkDecision(FlowNode task, String id, Report report) {
    if (isName(id) && !callable.decisions().contains(id) && !existing.decisions().contains(id)) {
      // Zeebe may have it from elsewhere, and does not tell.
      report.warning(
          task,
          NO_DECISION,
          "Ripen knows of no decision " + id,
          fix(id, callable.decisions(), "put the .dmn file that has it into the flow's folder"));
    }
  }

  private void checkFlow(FlowNode task, String id, Report report) {
    if (isName(id) && !callable.flows().contains(id) && existing.newest(id).isEmpty()) {
      report.error(
          task,
          NO_FLOW,
          "there is no flow " + id,
          fix(id, callable.flows(), "draw it, and deploy it with this one"));
    }
  }

  /** What is worked out for each run, nobody can look for. */
  private static boolean isName(String id) {
    return !id.isBlank() && !id.startsWith("=");
  }

  private static String fix(String id, Set<String> there, String otherwise) {
    return Nearest.to(id, there)
        .map(meant -> "did you mean " + meant + "?")
        .orElseGet(() -> otherwise + known(there));
  }

  private static String known(Collection<String> there) {
    return there.isEmpty() ? "" : "; there are " + String.join(", ", new TreeSet<>(there));
  }
}
