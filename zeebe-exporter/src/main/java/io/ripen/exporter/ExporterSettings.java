package io.ripen.exporter;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the broker's configuration says of this exporter.
 *
 * @param producer further settings of the Kafka producer ({@code security.protocol} and the like),
 *     which win over ours
 */
record ExporterSettings(String bootstrapServers, String topic, Map<String, String> producer) {

  static final String DEFAULT_TOPIC = "ripen.zeebe";

  /**
   * Reads the {@code args}; their names are taken without regard to case, since those that come by
   * environment variables have lost theirs.
   *
   * @throws IllegalArgumentException when {@code bootstrapServers} is missing
   */
  static ExporterSettings from(Map<String, Object> arguments) {
    Map<String, Object> byName = new HashMap<>();
    arguments.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    Object servers = byName.get("bootstrapservers");
    if (servers == null || servers.toString().isBlank()) {
      throw new IllegalArgumentException(
          "the Kafka exporter's argument bootstrapServers is missing (expected: host:port, for"
              + " example 127.0.0.1:29092)");
    }
    Object topic = byName.get("topic");
    Map<String, String> producer = new HashMap<>();
    flatten("", byName.get("producer"), producer);
    return new ExporterSettings(
        servers.toString(),
        topic == null || topic.toString().isBlank() ? DEFAULT_TOPIC : topic.toString(),
        Map.copyOf(producer));
  }

  /** YAML makes {@code security.protocol} either one name or a map in a map. */
  private static void flatten(String prefix, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      String stem = prefix.isEmpty() ? "" : prefix + ".";
      map.forEach((name, inner) -> flatten(stem + name, inner, into));
    } else if (value != null) {
      into.put(prefix, value.toString());
    }
  }
}
