package io.ripen.engine.flows;

import static java.util.stream.Collectors.toMap;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.splits.Experiment;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Steps that send nothing: what they ask of the facts, and the way for a no. */
final class StepRule implements FlowRule {

  static final String ENTER_FLOW = "enter-flow";
  private static final String CHANGE_STAGE = "change-stage";
  private static final String CALL_WEBHOOK = "call-webhook";
  private static final List<String> NOT_SENT = List.of("touch.denied", "touch.rejected");
  private static final Map<String, List<String>> REFUSED =
      Map.of(
          ENTER_FLOW, List.of("entry.refused"),
          CHANGE_STAGE, List.of("stage.refused"),
          CALL_WEBHOOK, List.of("webhook.refused"));
  private static final String SPLIT = "split";
  private static final FactsExpression ONLY_IF =
      new FactsExpression("onlyIf", "only-if", "lead.stage = \"LEAD\"");
  private static final FactsExpression EXPRESSION =
      new FactsExpression("expression", "expression", "lead.visits > 3");

  private static final String CHANGE_SEGMENT = "change-segment";

  private final Feel feel;
  private final Map<String, Segment> segments;

  StepRule(Feel feel, Collection<Segment> segments) {
    this.feel = feel;
    this.segments = segments.stream().collect(toMap(Segment::id, segment -> segment));
  }

  @Override
  public void check(Flow flow, Report report) {
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      String type = Flow.jobType(task).orElse("");
      if (type.equals(ENTER_FLOW) && !catches(flow, task, "entry.refused")) {
        report.error(
            task,
            "not-entered",
            "it has no way for who may not enter",
            "put an error boundary event on it: the flow would stand still");
      } else if (type.equals(CHANGE_STAGE) && !catches(flow, task, "stage.refused")) {
        report.warning(
            task,
            "stage-refused",
            "it has no way for a lead who cannot get there",
            "put an error boundary event on it: for one who declined, say, the flow would stand still");
      } else if (type.equals(CALL_WEBHOOK) && !catches(flow, task, "webhook.refused")) {
        report.error(
            task,
            "webhook-refused",
            "it has no way for what the other system refuses, or does not take in time",
            "put an error boundary event on it: the flow would stand still");
      }
      if (type.equals(CHANGE_SEGMENT)) {
        Flow.header(task, "segment").ifPresent(id -> checkList(task, id, report));
      }
      if (type.equals(SPLIT)) {
        checkSplit(task, report);
      }
      if (!SendRule.isSend(task)) {
        ONLY_IF.check(task, feel, report);
      }
      EXPRESSION.check(task, feel, report);
    }
  }

  /** What the fields say together; each for itself is the template's to check. */
  private static void checkSplit(ServiceTask task, Report report) {
    try {
      var unused = Experiment.read(field -> Flow.header(task, field).orElse(null));
    } catch (IllegalArgumentException e) {
      report.error(
          task, "split", String.valueOf(e.getMessage()), "correct it in the step's properties");
    }
  }

  private void checkList(ServiceTask task, String id, Report report) {
    Segment segment = segments.get(id);
    if (segment == null) {
      report.error(
          task,
          "segment-unknown",
          "there is no segment " + id,
          "draw it in segments.dmn, with \"list\" for its condition");
    } else if (!segment.isList()) {
      report.error(
          task,
          "segment-by-condition",
          "who is in segment %s is decided by its condition alone".formatted(id),
          "name a list, or make one of it: write \"list\" in its place in segments.dmn");
    }
  }

  /** The errors of the flow in which what the task does may end. */
  static List<String> refusals(ServiceTask task) {
    return SendRule.isSend(task)
        ? NOT_SENT
        : Flow.jobType(task).map(REFUSED::get).orElse(List.of());
  }

  /** Whether there is a way for these errors of the task: on its edge, around it, or for all. */
  static boolean catches(Flow flow, ServiceTask task, String... codes) {
    List<CatchEvent> ways =
        flow.all(CatchEvent.class).stream()
            .filter(
                event ->
                    event instanceof BoundaryEvent boundary
                        ? isAround(boundary.getAttachedTo(), task)
                        : event instanceof StartEvent && isAround(scope(event), task))
            .toList();
    return Arrays.stream(codes)
        .allMatch(code -> ways.stream().anyMatch(event -> catchesError(event, code)));
  }

  /** An event without a code catches all. */
  static boolean catchesError(CatchEvent event, String code) {
    return event.getEventDefinitions().stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .map(definition -> ((ErrorEventDefinition) definition).getError())
        .anyMatch(
            error ->
                error == null
                    || error.getErrorCode() == null
                    || error.getErrorCode().isEmpty()
                    || error.getErrorCode().equals(code));
  }

  /** Where the errors come from that a start event catches: from what its sub-process lies in. */
  private static @Nullable ModelElementInstance scope(CatchEvent start) {
    ModelElementInstance subProcess = start.getParentElement();
    return subProcess == null ? null : subProcess.getParentElement();
  }

  private static boolean isAround(@Nullable ModelElementInstance outer, ServiceTask task) {
    for (ModelElementInstance here = task; here != null; here = here.getParentElement()) {
      if (here.equals(outer)) {
        return true;
      }
    }
    return false;
  }
}
