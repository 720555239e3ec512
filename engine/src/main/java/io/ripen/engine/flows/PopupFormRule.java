package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.ripen.engine.forms.FormsFolder;
import java.util.Set;

/** Popups show forms that are there, of those for sites. */
final class PopupFormRule implements FlowRule {

  private final Set<String> forms;

  /**
   * @param forms the names of those in the folder {@link FormsFolder#NAME}
   */
  PopupFormRule(Set<String> forms) {
    this.forms = forms;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      Flow.jobType(task)
          .flatMap(SendJobs::channel)
          .filter("popup"::equals)
          .flatMap(popup -> Flow.header(task, "form"))
          .map(String::strip)
          .filter(form -> !forms.contains(form))
          .ifPresent(
              form ->
                  report.error(
                      task,
                      "form-missing",
                      "there is no form " + form + " for sites",
                      "%sdraw %s/NAME.form in Camunda Modeler"
                          .formatted(
                              forms.isEmpty()
                                  ? ""
                                  : "use one of " + String.join(", ", forms) + ", or ",
                              FormsFolder.NAME)));
    }
  }
}
