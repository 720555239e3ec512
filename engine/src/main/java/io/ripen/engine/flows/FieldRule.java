package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fields that whoever does the step reads as numbers, times and addresses: each run would stand
 * still at one that cannot be read. Where the template has said it, it is not said again.
 */
final class FieldRule implements FlowRule {

  private static final String TIME_FIX =
      "write P30D for 30 days or PT12H for 12 hours, or leave it empty";

  private static final Map<String, List<Field>> FIELDS =
      Map.of(
          "enter-flow",
          List.of(
              new Field("again", "Again after", StepFields::pause, TIME_FIX),
              new Field(
                  "atMost",
                  "At most",
                  StepFields::times,
                  "write a whole number such as 3, or leave it empty")),
          "add-points",
          List.of(
              new Field(
                  "points", "Points", StepFields::points, "write a whole number such as 10 or -5")),
          "call-webhook",
          List.of(
              new Field(
                  "url",
                  "URL",
                  StepFields::url,
                  "write an address such as https://example.com/hook, without a password in it"),
              new Field(
                  "useBy",
                  "Of use for",
                  StepFields::useBy,
                  "write P1D for a day or PT4H for four hours, or leave it empty")));

  /**
   * @param label as Camunda Modeler shows it
   * @param reading gives null for what cannot be read
   */
  private record Field(
      String header, String label, Function<String, @Nullable Object> reading, String fix) {}

  @Override
  public void check(Flow flow, Report report) {
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      for (Field field : FIELDS.getOrDefault(Flow.jobType(task).orElse(""), List.of())) {
        Flow.header(task, field.header())
            .filter(value -> field.reading().apply(value.strip()) == null)
            .ifPresent(value -> tell(task, field, value, report));
      }
    }
  }

  private static void tell(ServiceTask task, Field field, String value, Report report) {
    String beginning = "\"%s\" is ".formatted(field.label());
    if (!report.tells(task, beginning)) {
      // An address may have a password in it, and findings stand in logs.
      String what = field.header().equals("url") ? "no web address" : "\"" + value + "\"";
      report.error(task, "field", beginning + what, field.fix());
    }
  }
}
