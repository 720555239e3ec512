package io.ripen.engine.content;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all messages of a flow say alike, in every language, from {@code FLOW/values.json}: a code
 * of the shop, say. Messages read them as {@code values.NAME}; one that is empty is not known.
 */
final class FlowValues {

  private static final String NAME = "values";

  /** How the file is called. */
  static final String FILE = NAME + ".json";

  /** Of a flow that has no such file. */
  static final FlowValues NONE = new FlowValues(Map.of());

  private final Map<String, @Nullable Object> values;

  private FlowValues(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  static FlowValues read(Path file, String shown) throws ContentProblem {
    try {
      JsonNode tree = JsonMapper.shared().readTree(file);
      if (!tree.isObject()) {
        throw new ContentProblem(shown, 1, "it is no JSON object", "write {\"code\": \"…\"}");
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> each : tree.properties()) {
        if (!each.getValue().isString()) {
          throw new ContentProblem(
              shown,
              0,
              "%s is %s (expected: a text)".formatted(each.getKey(), each.getValue()),
              "write it in quotes");
        }
        String text = each.getValue().stringValue().strip();
        values.put(each.getKey(), text.isEmpty() ? null : text);
      }
      return new FlowValues(Collections.unmodifiableMap(values));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ContentProblem(
          shown, line, "it is no JSON: " + e.getOriginalMessage(), "correct it");
    }
  }

  /** The facts with these beside them. */
  Map<String, @Nullable Object> with(Map<String, @Nullable Object> facts) {
    Map<String, @Nullable Object> all = new HashMap<>(facts);
    all.put(NAME, values);
    return all;
  }

  /** What messages of the flow may ask for. */
  Shape.Group shape() {
    Map<String, Shape> known = new HashMap<>(Shape.FACTS.facts());
    if (!values.isEmpty()) {
      Map<String, Shape> names = new HashMap<>();
      values.keySet().forEach(name -> names.put(name, Shape.VALUE));
      known.put(NAME, new Shape.Group(names));
    }
    return new Shape.Group(known);
  }
}
