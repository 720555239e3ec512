package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
import java.util.Set;

/** Tasks for people: of the kind that the inbox shows, with a form that is there. */
final class FormRule implements FlowRule {

  private final Set<String> forms;

  FormRule(Set<String> forms) {
    this.forms = forms;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (UserTask task : flow.all(UserTask.class)) {
      if (Flow.extension(task, ZeebeUserTask.class).isEmpty()) {
        report.error(
            task,
            "user-task",
            "it is done by a job worker, and nobody would see it in the inbox",
            "set its implementation to Camunda user task");
      }
      Flow.extension(task, ZeebeFormDefinition.class)
          .map(ZeebeFormDefinition::getFormId)
          .filter(id -> !id.isBlank() && !forms.contains(id))
          .ifPresent(
              id ->
                  report.error(
                      task,
                      "form-missing",
                      "there is no form " + id,
                      forms.isEmpty()
                          ? "put the .form file into the flow's folder"
                          : "use one of " + String.join(", ", forms)));
    }
  }
}
