package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.ripen.engine.content.FactNames;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.util.Optional;

/** A header with a FEEL expression on the facts of a lead. */
record FactsExpression(String header, String rule, String example) {

  /** Reports what is wrong with it, if the task has it. */
  void check(ServiceTask task, Feel feel, Report report) {
    Optional<String> expression = Flow.header(task, header);
    if (expression.isEmpty()) {
      return;
    }
    try {
      FactNames.unknownIn(feel.names(expression.get()))
          .ifPresent(
              unknown ->
                  report.error(
                      task,
                      rule,
                      "there is no fact " + unknown.name() + ", so that it is never known",
                      unknown.fix(example.substring(0, example.indexOf(' ')))));
    } catch (InvalidFeel e) {
      report.error(task, rule, String.valueOf(e.getMessage()), "write it as " + example);
    }
  }
}
