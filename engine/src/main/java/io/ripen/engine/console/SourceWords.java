package io.ripen.engine.console;

import tools.jackson.databind.JsonNode;

/** Where a visit came from, in a few words. */
final class SourceWords {

  private static final int SHOWN = 16;

  private SourceWords() {}

  /** The same with the id of the click; how it begins is enough to know it again. */
  static String withClick(JsonNode source) {
    String value = Json.text(source, "clickIdValue");
    if (value.isEmpty()) {
      return of(source);
    }
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    return "%s, %s %s".formatted(of(source), Json.text(source, "clickId"), shown);
  }

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
