package io.ripen.engine.flows;

import static java.util.Objects.requireNonNullElse;

import io.camunda.zeebe.model.bpmn.instance.AdHocSubProcess;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.ScriptTask;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeExecutionListener;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The variables that the runs of a flow can have, as far as its drawing tells. */
final class FlowVariables {

  /**
   * What signals bring, be they the start or what a run waits for; a cart and an order where it was
   * about one, which only {@link CorrelationRule} asks for.
   */
  private static final Set<String> OF_SIGNALS =
      Set.of("leadId", "cartId", "orderId", "eventId", "startedBy");

  /** Beside the form's fields: who took the task. */
  private static final String ACCEPTED_BY = "acceptedBy";

  /** What {@code Multi-instance} counts with. */
  private static final String LOOP_COUNTER = "loopCounter";

  /** The step's own choice of a name, and what it is where nothing was chosen. */
  private static final String RESULT = "result";

  private static final Map<String, String> RESULTS = Map.of("look-up", "holds", "split", "variant");

  /** Why something was not sent. */
  private static final String DENIED = "touchDenied";

  /** Which steps set which variables beside that. */
  private static final Map<String, Set<String>> BY_STEPS =
      Map.ofEntries(
          Map.entry("look-up", Set.of()),
          Map.entry("split", Set.of()),
          Map.entry("enter-flow", Set.of("entryRefused")),
          Map.entry("add-points", Set.of()),
          Map.entry("change-segment", Set.of()),
          Map.entry("change-stage", Set.of("stageChanged")),
          Map.entry("call-webhook", Set.of()),
          Map.entry("start-flow", Set.of()),
          Map.entry("note-for-sales", Set.of()),
          Map.entry("record-outcome", Set.of("outcomeReason")),
          Map.entry(
              "choose-salesperson",
              Set.of("team", "teamLeads", "salesperson", "within", "remindAfter")));

  private final Set<String> names = new TreeSet<>();
  private boolean open;

  private FlowVariables() {}

  /**
   * Reads a flow.
   *
   * @param forms the fields of each form by its id
   */
  static FlowVariables of(Flow flow, Map<String, Set<String>> forms) {
    FlowVariables variables = new FlowVariables();
    variables.open = isStartedWithAnything(flow) || doesAnything(flow);
    flow.all(ServiceTask.class).forEach(variables::addStep);
    flow.all(UserTask.class).forEach(task -> variables.addForm(task, forms));
    flow.all(CallActivity.class).forEach(variables::addCalled);
    flow.all(ZeebeCalledDecision.class).forEach(each -> variables.add(each.getResultVariable()));
    flow.all(ZeebeInput.class).forEach(each -> variables.add(each.getTarget()));
    flow.all(ZeebeOutput.class).forEach(each -> variables.add(each.getTarget()));
    for (ZeebeLoopCharacteristics loop : flow.all(ZeebeLoopCharacteristics.class)) {
      variables.add(LOOP_COUNTER);
      variables.add(loop.getInputElement());
      variables.add(loop.getOutputCollection());
    }
    return variables;
  }

  /** Whether something may set variables of which the drawing says nothing. */
  boolean isOpen() {
    return open;
  }

  Set<String> names() {
    Set<String> all = new TreeSet<>(OF_SIGNALS);
    all.addAll(names);
    return all;
  }

  /** Whether something else than a signal may set the variable. */
  boolean mayBeSetByStep(String name) {
    return open || names.contains(name);
  }

  /** Whoever calls a flow, or starts it by hand, gives it what they like. */
  private static boolean isStartedWithAnything(Flow flow) {
    return flow.process().getFlowElements().stream()
        .anyMatch(
            element ->
                element instanceof StartEvent start && start.getEventDefinitions().isEmpty());
  }

  private static boolean doesAnything(Flow flow) {
    return !flow.all(ScriptTask.class).isEmpty()
        || !flow.all(AdHocSubProcess.class).isEmpty()
        || !flow.all(ZeebeExecutionListener.class).isEmpty()
        || flow.all(ZeebeTaskDefinition.class).stream()
            .anyMatch(
                definition ->
                    !(definition.getParentElement().getParentElement() instanceof ServiceTask));
  }

  private void addStep(ServiceTask task) {
    String type = Flow.jobType(task).orElse("");
    if (SendRule.isSend(task)) {
      names.add(DENIED);
      return;
    }
    Set<String> set = BY_STEPS.get(type);
    if (set == null) {
      open = true;
      return;
    }
    names.addAll(set);
    String usual = RESULTS.get(type);
    if (usual != null) {
      names.add(Flow.header(task, RESULT).orElse(usual));
    }
  }

  private void addForm(UserTask task, Map<String, Set<String>> forms) {
    Set<String> fields =
        Flow.extension(task, ZeebeFormDefinition.class)
            .map(ZeebeFormDefinition::getFormId)
            .map(forms::get)
            .orElse(null);
    if (fields == null) {
      open = true;
    } else {
      names.addAll(fields);
      names.add(ACCEPTED_BY);
    }
  }

  private void addCalled(CallActivity call) {
    open |=
        Flow.extension(call, ZeebeCalledElement.class)
            .map(ZeebeCalledElement::isPropagateAllChildVariablesEnabled)
            .orElse(true);
  }

  /** The target of a mapping may be a part of a variable, as in {@code order.total}. */
  private void add(@Nullable String target) {
    String name = requireNonNullElse(target, "").strip();
    if (!name.isEmpty()) {
      names.add(name.split("\\.", -1)[0]);
    }
  }
}
