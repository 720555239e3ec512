package io.ripen.engine.console;

import tools.jackson.databind.JsonNode;

/** Where a visit came from, in a few words. */
final class SourceWords {

  private SourceWords() {}

  static String of(JsonNode source) {
    String campaign =
        Words.join(
            Json.text(source, "source", "utm_source"),
            Json.text(source, "medium", "utm_medium"),
            Json.text(source, "campaign", "name", "utm_campaign"));
    if (!campaign.isEmpty()) {
      return campaign;
    }
    return Json.text(source, "referrer", "channel", "kind", "type");
  }
}
