package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.CompletionCondition;
import io.camunda.zeebe.model.bpmn.instance.Condition;
import io.camunda.zeebe.model.bpmn.instance.ConditionExpression;
import io.camunda.zeebe.model.bpmn.instance.TimeCycle;
import io.camunda.zeebe.model.bpmn.instance.TimeDate;
import io.camunda.zeebe.model.bpmn.instance.TimeDuration;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeAssignmentDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebePriorityDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * What Zeebe works out with a run's variables, somewhere in a diagram.
 *
 * @param around where it stands; an element of the diagram is around that
 * @param text with a {@code =} before it where it is FEEL; else it stands for itself
 */
record Formula(ModelElementInstance around, Kind kind, String text) {

  /** Who looks at it, and whether it may be a plain text. */
  enum Kind {
    /** Has to be FEEL. */
    NEEDED,
    /** May be a plain text as well. */
    POSSIBLE,
    /** Whether it parses, the rules of waits and signals say. */
    OF_EVENT
  }

  boolean isFeel() {
    return text.startsWith("=");
  }

  /** All of a flow; what is left empty is none. */
  static List<Formula> of(Flow flow) {
    Collector formulas = new Collector(flow);
    formulas.add(Kind.NEEDED, ConditionExpression.class, ModelElementInstance::getTextContent);
    formulas.add(Kind.NEEDED, Condition.class, ModelElementInstance::getTextContent);
    formulas.add(Kind.NEEDED, CompletionCondition.class, ModelElementInstance::getTextContent);
    formulas.add(
        Kind.NEEDED,
        ZeebeLoopCharacteristics.class,
        ZeebeLoopCharacteristics::getInputCollection,
        ZeebeLoopCharacteristics::getOutputElement);
    formulas.add(Kind.POSSIBLE, ZeebeInput.class, ZeebeInput::getSource);
    formulas.add(Kind.POSSIBLE, ZeebeOutput.class, ZeebeOutput::getSource);
    formulas.add(Kind.POSSIBLE, ZeebeCalledElement.class, ZeebeCalledElement::getProcessId);
    formulas.add(Kind.POSSIBLE, ZeebeCalledDecision.class, ZeebeCalledDecision::getDecisionId);
    formulas.add(
        Kind.POSSIBLE,
        ZeebeTaskDefinition.class,
        ZeebeTaskDefinition::getType,
        ZeebeTaskDefinition::getRetries);
    formulas.add(
        Kind.POSSIBLE,
        ZeebeAssignmentDefinition.class,
        ZeebeAssignmentDefinition::getAssignee,
        ZeebeAssignmentDefinition::getCandidateGroups,
        ZeebeAssignmentDefinition::getCandidateUsers);
    formulas.add(
        Kind.POSSIBLE,
        ZeebeTaskSchedule.class,
        ZeebeTaskSchedule::getDueDate,
        ZeebeTaskSchedule::getFollowUpDate);
    formulas.add(
        Kind.POSSIBLE, ZeebePriorityDefinition.class, ZeebePriorityDefinition::getPriority);
    formulas.add(Kind.OF_EVENT, TimeDuration.class, ModelElementInstance::getTextContent);
    formulas.add(Kind.OF_EVENT, TimeDate.class, ModelElementInstance::getTextContent);
    formulas.add(Kind.OF_EVENT, TimeCycle.class, ModelElementInstance::getTextContent);
    formulas.add(Kind.OF_EVENT, ZeebeSubscription.class, ZeebeSubscription::getCorrelationKey);
    return formulas.found;
  }

  private record Collector(Flow flow, List<Formula> found) {

    Collector(Flow flow) {
      this(flow, new ArrayList<>());
    }

    @SafeVarargs
    final <T extends ModelElementInstance> void add(
        Kind kind, Class<T> type, Function<T, @Nullable String>... texts) {
      for (T each : flow.all(type)) {
        for (Function<T, @Nullable String> text : texts) {
          String value = text.apply(each);
          if (value != null && !value.isBlank()) {
            found.add(new Formula(each, kind, value.strip()));
          }
        }
      }
    }
  }
}
