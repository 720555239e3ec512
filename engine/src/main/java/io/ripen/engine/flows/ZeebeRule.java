package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Definitions;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.traversal.ModelWalker;
import io.camunda.zeebe.model.bpmn.validation.ValidationVisitor;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.util.Set;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.bpm.model.xml.validation.ValidationResult;

/** What Zeebe itself would refuse. */
final class ZeebeRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    ValidationVisitor visitor = new ValidationVisitor(ZeebeDesignTimeValidators.VALIDATORS);
    new ModelWalker(flow.model()).walk(visitor);
    Set<String> told = report.elementsWithErrors();
    visitor
        .getValidationResult()
        .getResults()
        .forEach(
            (element, results) -> results.forEach(result -> add(element, result, told, report)));
  }

  /** Once for each element, and only where no rule of ours has said what to do. */
  private static void add(
      ModelElementInstance element, ValidationResult result, Set<String> told, Report report) {
    ModelElementInstance known = known(element);
    if (told.add(Flow.id(known))) {
      report.error(
          known,
          "zeebe",
          "Zeebe refuses it: " + result.getMessage(),
          "look at the element's properties in Camunda Modeler");
    }
  }

  /**
   * The element as people know it: what has no id or is a part of an event is the element around
   * it, a message is the event that waits for it, the file is its process.
   */
  private static ModelElementInstance known(ModelElementInstance element) {
    ModelElementInstance here = element;
    while ((Flow.id(here).isEmpty() || here instanceof EventDefinition)
        && here.getParentElement() != null) {
      here = here.getParentElement();
    }
    if (here instanceof Message message) {
      for (MessageEventDefinition event :
          here.getModelInstance().getModelElementsByType(MessageEventDefinition.class)) {
        if (message.equals(event.getMessage())) {
          return event.getParentElement();
        }
      }
    }
    return here instanceof Definitions
        ? here.getModelInstance().getModelElementsByType(Process.class).iterator().next()
        : here;
  }
}
