package io.ripen.engine.events;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what consents and messages are about as Ripen does, in small letters, however the sender
 * wrote it: from here on everybody compares the same word.
 */
final class OwnWords {

  private static final List<String> WORDS = List.of("channel", "purpose");

  private OwnWords() {}

  /**
   * @param name of a {@code track} event
   * @param properties are changed
   */
  static ObjectNode in(String name, ObjectNode properties) {
    if (name.startsWith("Consent ") || name.startsWith("Message ")) {
      for (String word : WORDS) {
        JsonNode value = properties.path(word);
        if (value.isString()) {
          properties.put(word, value.stringValue().strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return properties;
  }
}
