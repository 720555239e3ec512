package io.ripen.engine.content;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Facts of an invented lead, from a JSON file with the names that templates use. */
final class PreviewFacts {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String UNSUBSCRIBE = "https://example.com/unsubscribe/preview";

  private PreviewFacts() {}

  /** The facts of a file; nothing is known where there is no file. */
  static Map<String, @Nullable Object> read(Path file, String shown) throws ContentProblem {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("links", links(UNSUBSCRIBE));
    if (!Files.exists(file)) {
      return facts;
    }
    try {
      Object tree = value("", JSON.readValue(file, Object.class));
      if (!(tree instanceof Map<?, ?> map)) {
        throw new ContentProblem(shown, 1, "it is no JSON object", "write {\"lead\": {…}}");
      }
      map.forEach((name, value) -> facts.put(String.valueOf(name), value));
      return facts;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ContentProblem(
          shown, line, "it is no JSON: " + e.getOriginalMessage(), "correct it");
    } catch (DateTimeException e) {
      throw new ContentProblem(
          shown, 0, "a time is none: " + e.getMessage(), "write 2026-05-04T10:00:00Z");
    }
  }

  /** Links such as a real message has; any question can be answered in any way. */
  static Map<String, @Nullable Object> links(String unsubscribe) {
    return MessageLinks.tree(
        unsubscribe,
        "https://example.com/preferences/preview",
        "https://example.com/confirm/preview",
        "https://example.com/download/preview",
        "https://t.me/example?start=preview",
        (question, answer) -> "https://example.com/answer/" + question + "/" + answer);
  }

  /** As the engine gives them: decimal numbers, and times where the name ends in {@code At}. */
  private static @Nullable Object value(String name, @Nullable Object json) {
    return switch (json) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(key.toString(), value(key.toString(), value)));
        yield values;
      }
      case List<?> list -> {
        List<@Nullable Object> values = new ArrayList<>();
        list.forEach(value -> values.add(value(name, value)));
        yield values;
      }
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case String text -> name.endsWith("At") ? ZonedDateTime.parse(text) : text;
      case null -> null;
      default -> json;
    };
  }
}
