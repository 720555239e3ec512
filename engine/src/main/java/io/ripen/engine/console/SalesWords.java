package io.ripen.engine.console;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What a lead wrote to us.
 *
 * @param how by which form, or in answer by which channel
 */
record SalesWords(String how, String text, Instant at) {

  static SalesWords of(JsonNode event, Instant at) {
    return new SalesWords(EventWords.of(event).title(), EventWords.written(event), at);
  }

  public Moment when() {
    return Moment.of(at);
  }
}
