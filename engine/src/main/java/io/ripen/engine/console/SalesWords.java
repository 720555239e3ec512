package io.ripen.engine.console;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What a lead wrote to us.
 *
 * @param how by which form or channel, and to which message
 * @param inChat whether the chat has it, with all that was said before and after
 */
record SalesWords(String how, String text, boolean inChat, Instant at) {

  /**
   * @param event with the message and the flow that it answers, if it does
   */
  static SalesWords of(JsonNode event, Instant at) {
    String message = Json.text(event, "message");
    String how = EventWords.of(event).title();
    return new SalesWords(
        message.isEmpty()
            ? how
            : "%s to “%s” of the flow %s".formatted(how, message, Json.text(event, "flow")),
        EventWords.written(event),
        Json.text(event.path("properties"), "channel").equals("chat"),
        at);
  }

  public Moment when() {
    return Moment.of(at);
  }
}
