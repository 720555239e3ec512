package io.ripen.engine.splits;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What was decided, and by which numbers.
 *
 * @param winner null where no variant did better than all others
 */
record Look(Instant at, @Nullable String winner, Map<String, Proportion> numbers) {

  String json() {
    ArrayNode variants = JsonMapper.shared().createArrayNode();
    numbers.forEach(
        (variant, number) ->
            variants
                .addObject()
                .put("variant", variant)
                .put("leads", number.leads())
                .put("reached", number.reached()));
    return variants.toString();
  }

  static Look read(Instant at, @Nullable String winner, String json) {
    Map<String, Proportion> numbers = new LinkedHashMap<>();
    for (JsonNode variant : JsonMapper.shared().readTree(json)) {
      numbers.put(
          variant.path("variant").asString(""),
          new Proportion(variant.path("reached").asLong(0), variant.path("leads").asLong(0)));
    }
    return new Look(at, winner, numbers);
  }
}
