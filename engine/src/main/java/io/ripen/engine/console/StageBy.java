package io.ripen.engine.console;

import tools.jackson.databind.JsonNode;

/** By whom a stage was changed: read from {@code stage_change}, and in words. */
final class StageBy {

  /** As JSON, with what is known; the key as text, since JavaScript has no such numbers. */
  static final String COLUMNS =
      """
      jsonb_strip_nulls(jsonb_build_object('flow', flow, 'element', element_id,
        'instance', instance_key::text, 'person', person, 'rule', rule))""";

  private StageBy() {}

  /** Empty where nobody said. */
  static String inWords(JsonNode by) {
    String flow = Json.text(by, "flow");
    String step =
        flow.isEmpty()
            ? ""
            : "flow %s, step “%s”".formatted(flow, Words.step(Json.text(by, "element")));
    String person = Json.text(by, "person");
    String who = person.isEmpty() ? step : Words.join(person, step.isEmpty() ? "" : "in " + step);
    return switch (Json.text(by, "rule")) {
      case "" -> who.isEmpty() ? "" : "by " + who;
      case "untold" -> "";
      default -> "by Ripen itself";
    };
  }
}
