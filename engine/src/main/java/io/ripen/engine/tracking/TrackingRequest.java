package io.ripen.engine.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as parsed, before any event in it is looked at.
 *
 * @param writeKey as in the body, where scripts put it that cannot set headers
 * @param sentAt when it was sent, by the sender's clock
 * @param context what holds for all events of a batch and that they do not say themselves
 * @param contextBytes its size as sent
 * @param messages the events in their order
 */
record TrackingRequest(
    @Nullable JsonNode writeKey,
    @Nullable JsonNode sentAt,
    @Nullable JsonNode context,
    long contextBytes,
    List<Message> messages) {

  /**
   * One event of it.
   *
   * @param place where it stands in the request: {@code batch[3]}, or nothing
   * @param json the event; something other than an object cannot be one
   * @param bytes its size as sent
   */
  record Message(String place, JsonNode json, long bytes) {

    /** What to put before its fields' names. */
    String path() {
      return place.isEmpty() ? "" : place + '.';
    }
  }

  /** A request that is one event. */
  static TrackingRequest single(ObjectNode message, int bytes) {
    return new TrackingRequest(
        message.get("writeKey"), null, null, 0, List.of(new Message("", message, bytes)));
  }
}
