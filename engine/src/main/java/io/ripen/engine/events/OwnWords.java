package io.ripen.engine.events;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what consents and messages are about as Ripen does, in small letters, however the sender
 * wrote it: from here on everybody compares the same word.
 */
final class OwnWords {

  private static final Pattern OURS =
      Pattern.compile(
          "Consent (Granted|Withdrawn)|Message"
              + " (Delivered|Opened|Clicked|Link Checked|Replied|Bounced|Complained|Unsubscribed)");

  private static final List<String> WORDS = List.of("channel", "purpose");

  private OwnWords() {}

  /**
   * @param type a page or a screen may have any name
   * @param properties are changed
   */
  static ObjectNode in(String type, String name, ObjectNode properties) {
    if (type.equals("track") && OURS.matcher(name).matches()) {
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
