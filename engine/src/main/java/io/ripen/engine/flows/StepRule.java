package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.ripen.engine.feel.Feel;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Steps that send nothing: what they ask of the facts, and the way for a no. */
final class StepRule implements FlowRule {

  private static final String ENTER_FLOW = "enter-flow";
  private static final String CHANGE_STAGE = "change-stage";
  private static final FactsExpression ONLY_IF =
      new FactsExpression("onlyIf", "only-if", "lead.stage = \"LEAD\"");
  private static final FactsExpression EXPRESSION =
      new FactsExpression("expression", "expression", "lead.visits > 3");

  private final Feel feel;

  StepRule(Feel feel) {
    this.feel = feel;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      String type = Flow.jobType(task).orElse("");
      if (type.equals(ENTER_FLOW) && !catchesErrors(flow, task)) {
        report.error(
            task,
            "not-entered",
            "it has no way for who may not enter",
            "put an error boundary event on it: the flow would stand still");
      } else if (type.equals(CHANGE_STAGE) && !catchesErrors(flow, task)) {
        report.warning(
            task,
            "stage-refused",
            "it has no way for a lead who cannot get there",
            "put an error boundary event on it: for one who declined, say, the flow would stand still");
      }
      if (!SendRule.isSend(task)) {
        ONLY_IF.check(task, feel, report);
      }
      EXPRESSION.check(task, feel, report);
    }
  }

  /** Whether there is a way for what the task refuses: on its edge, around it, or for all. */
  static boolean catchesErrors(Flow flow, ServiceTask task) {
    return flow.all(CatchEvent.class).stream()
        .filter(
            event ->
                event instanceof BoundaryEvent boundary
                    ? isAround(boundary.getAttachedTo(), task)
                    : event instanceof StartEvent)
        .flatMap(event -> event.getEventDefinitions().stream())
        .anyMatch(ErrorEventDefinition.class::isInstance);
  }

  private static boolean isAround(ModelElementInstance outer, ServiceTask task) {
    for (ModelElementInstance here = task; here != null; here = here.getParentElement()) {
      if (here.equals(outer)) {
        return true;
      }
    }
    return false;
  }
}
