package io.ripen.engine.onsite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as a visitor's window gets it: no ids but its own, and the browser's of what was
 * written there.
 */
record Shown(
    long id,
    String author,
    @Nullable String name,
    @Nullable String own,
    String title,
    String text,
    JsonNode buttons,
    JsonNode look,
    Instant at) {

  static Shown of(OnSiteMessage message) {
    return new Shown(
        message.id(),
        message.author(),
        message.name(),
        message.author().equals("visitor") ? message.messageId() : null,
        message.title(),
        message.text(),
        message.buttons(),
        message.look(),
        message.createdAt());
  }
}
