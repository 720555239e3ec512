package io.ripen.engine.flows;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field of an element template that becomes a header of a job.
 *
 * @param header the header's name
 * @param label as Camunda Modeler shows it
 * @param choices the values of a drop-down; empty where anything may be written
 */
record HeaderField(
    String header,
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
  static Optional<HeaderField> of(JsonNode property, boolean lists) {
    JsonNode binding = property.path("binding");
    if (!binding.path("type").asString("").equals("zeebe:taskHeader")) {
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
    String key = binding.path("key").asString("");
    return Optional.of(
        new HeaderField(
            key,
            property.path("label").asString(key),
            constraints.path("notEmpty").asBoolean(false),
            compiled(pattern.isObject() ? pattern.path("value") : pattern),
            pattern.path("message").asString(""),
            choices));
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
