package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field of an element template that becomes a header of a job, or a variable of it.
 *
 * @param name the header's name, or the variable's
 * @param variable whether it is a variable, which Zeebe works out where it is FEEL
 * @param label as Camunda Modeler shows it
 * @param choices the values of a drop-down; empty where anything may be written
 */
record TemplateField(
    String name,
    boolean variable,
    String label,
    boolean required,
    @Nullable Pattern pattern,
    String patternMessage,
    List<String> choices) {

  /**
   * The field of a property, if it is one.
   *
   * @param lists whether its choices are what lies in the folder; whether that is there other rules
   *     say
   */
  static Optional<TemplateField> of(JsonNode property, boolean lists) {
    JsonNode binding = property.path("binding");
    String type = binding.path("type").asString("");
    boolean variable = type.equals("zeebe:input");
    if (!variable && !type.equals("zeebe:taskHeader")) {
      return Optional.empty();
    }
    JsonNode constraints = property.path("constraints");
    JsonNode pattern = constraints.path("pattern");
    List<String> choices =
        lists
            ? List.of()
            : property.path("choices").values().stream()
                .map(choice -> choice.path("value").asString(""))
                .toList();
    String name = binding.path(variable ? "name" : "key").asString("");
    return Optional.of(
        new TemplateField(
            name,
            variable,
            property.path("label").asString(name),
            constraints.path("notEmpty").asBoolean(false),
            compiled(pattern.isObject() ? pattern.path("value") : pattern),
            pattern.path("message").asString(""),
            choices));
  }

  /** What a task has in it, if anything. */
  Optional<String> in(ServiceTask task) {
    return variable ? Flow.input(task, name) : Flow.header(task, name);
  }

  /** What is wrong with a value: the problem, and what to do; nothing where it is fine. */
  Optional<Wrong> check(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return required
          ? Optional.of(new Wrong("\"" + label + "\" is empty", "fill it in"))
          : Optional.empty();
    }
    String problem = "\"%s\" is \"%s\"".formatted(label, value);
    if (!choices.isEmpty() && !choices.contains(value)) {
      return Optional.of(new Wrong(problem, "choose one of " + String.join(", ", choices)));
    }
    return pattern == null || pattern.matcher(value).find()
        ? Optional.empty()
        : Optional.of(new Wrong(problem, patternMessage));
  }

  /** A problem and what to do. */
  record Wrong(String problem, String fix) {}

  private static @Nullable Pattern compiled(JsonNode pattern) {
    try {
      return pattern.isString() ? Pattern.compile(pattern.stringValue()) : null;
    } catch (PatternSyntaxException e) {
      // JavaScript knows a little more than we do; Camunda Modeler checks it.
      return null;
    }
  }
}
