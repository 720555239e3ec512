package io.ripen.engine.console;

import tools.jackson.databind.JsonNode;

/** Where a visit came from, in a few words. */
final class SourceWords {

  private SourceWords() {}

  static String of(JsonNode source) {
    String channel = Json.text(source, "channel");
    String from =
        Words.join(Json.text(source, "source", "referrer"), Json.text(source, "campaign"));
    if (from.isEmpty()) {
      return channel;
    }
    return channel.isEmpty() ? from : "%s (%s)".formatted(from, channel);
  }
}
