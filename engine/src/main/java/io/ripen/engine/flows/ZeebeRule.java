package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.traversal.ModelWalker;
import io.camunda.zeebe.model.bpmn.validation.ValidationVisitor;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.bpm.model.xml.validation.ValidationResult;

/** What Zeebe itself would refuse. */
final class ZeebeRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    ValidationVisitor visitor = new ValidationVisitor(ZeebeDesignTimeValidators.VALIDATORS);
    new ModelWalker(flow.model()).walk(visitor);
    visitor
        .getValidationResult()
        .getResults()
        .forEach((element, results) -> results.forEach(result -> add(element, result, report)));
  }

  private static void add(ModelElementInstance element, ValidationResult result, Report report) {
    report.error(
        identified(element),
        "zeebe",
        "Zeebe refuses it: " + result.getMessage(),
        "look at the element's properties in Camunda Modeler");
  }

  /** Extension elements have no id; people know the element around them. */
  private static ModelElementInstance identified(ModelElementInstance element) {
    ModelElementInstance here = element;
    while (Flow.id(here).isEmpty() && here.getParentElement() != null) {
      here = here.getParentElement();
    }
    return here;
  }
}
