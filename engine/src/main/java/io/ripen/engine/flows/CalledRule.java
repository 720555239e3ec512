package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BusinessRuleTask;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.ripen.engine.content.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The flows and tables that steps ask for are there. */
final class CalledRule implements FlowRule {

  private static final String NO_DECISION = "decision-missing";
  private static final String NO_FLOW = "flow-missing";

  /** By which its findings are known. */
  static final Set<String> NAMES = Set.of(NO_DECISION, NO_FLOW);

  private static final String START_FLOW = "start-flow";

  private record Start(String id, Startable needs) {}

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
        Flow.header(task, "flow")
            .filter(id -> checkFlow(task, id, report))
            .flatMap(this::start)
            .ifPresent(start -> checkStart(task, start, report));
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

  /** Whether it is there. */
  private boolean checkFlow(FlowNode task, String id, Report report) {
    boolean isMissing =
        isName(id) && !callable.flows().containsKey(id) && existing.newest(id).isEmpty();
    if (isMissing) {
      report.error(
          task,
          NO_FLOW,
          "there is no flow " + id,
          fix(id, callable.flows().keySet(), "draw it, and deploy it with this one"));
    }
    return !isMissing;
  }

  private Optional<Start> start(String id) {
    return Optional.ofNullable(callable.flows().get(id))
        .or(() -> existing.newest(id).flatMap(Startable::of))
        .map(needs -> new Start(id, needs));
  }

  /** A step that starts a flow gives it the lead's id alone, and asks nobody whether it runs. */
  private static void checkStart(ServiceTask task, Start start, Report report) {
    if (!start.needs().lacking().isEmpty()) {
      report.error(
          task,
          "flow-not-startable",
          "flow %s goes by %s, which only its signal tells: each run would stand still here"
              .formatted(start.id(), String.join(" and ", start.needs().lacking())),
          "choose a flow that is about the lead alone");
    } else if (!start.needs().isLimited()) {
      report.warning(
          task,
          "flow-unguarded",
          "flow %s takes everybody who is sent to it, also who is in it or whom it is not for"
              .formatted(start.id()),
          "put Who may enter at its beginning");
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
