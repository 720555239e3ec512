package io.ripen.engine.tracking;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.tracking.TrackingRequest.Message;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the events of a request: each good one is on Kafka when this returns, each bad one is named
 * with what is wrong with it. One person's bad event does not cost another's good one.
 */
final class AcceptEvents {

  /**
   * What a browser's request tells of who sends it.
   *
   * @param address behind proxies that are trusted
   */
  record Visitor(@Nullable String userAgent, @Nullable String address) {}

  private static final Logger log = LoggerFactory.getLogger(AcceptEvents.class);

  private static final int LARGEST_EVENT = 32 * 1024;

  private final EventJson json;
  private final EventPublisher publisher;
  private final Bots bots;
  private final VisitorRegion region;
  private final Clock clock;

  AcceptEvents(
      EventJson json, EventPublisher publisher, Bots bots, VisitorRegion region, Clock clock) {
    this.json = json;
    this.bots = bots;
    this.region = region;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * @param visitor whose own browser sends the request, or null
   * @return what is wrong with the events that are not taken, in their order
   * @throws Refusal when nothing of the request can be taken, or Kafka does not acknowledge
   */
  List<String> accept(TrackingRequest request, Site site, @Nullable Visitor visitor)
      throws Refusal {
    ObjectNode context = context(request.context());
    Arrival arrival = arrival(request, site);
    List<String> problems = new ArrayList<>();
    List<CompletableFuture<Void>> published = new ArrayList<>(request.messages().size());
    for (Message message : request.messages()) {
      try {
        checkSize(message, request.contextBytes());
        Event event = event(message, context, arrival, visitor);
        if (bots.leaveOut(event, visitor == null ? null : visitor.userAgent())) {
          continue;
        }
        CompletableFuture<Void> acknowledged = publisher.publish(event);
        published.add(acknowledged);
        if (acknowledged.isCompletedExceptionally()) {
          break;
        }
      } catch (InvalidEvent e) {
        problems.add(e.getMessage());
      }
    }
    await(published);
    return problems;
  }

  /** What the batch says for all is written with each event, and so is a part of each. */
  private static void checkSize(Message message, long contextBytes) throws InvalidEvent {
    if (message.bytes() + contextBytes > LARGEST_EVENT) {
      throw new InvalidEvent(
          "\"%s\" is %d bytes large%s (expected: at most %d KB)"
              .formatted(
                  message.place(),
                  message.bytes() + contextBytes,
                  contextBytes == 0 ? "" : " with the batch's context",
                  LARGEST_EVENT / 1024));
    }
  }

  private Event event(
      Message message, @Nullable ObjectNode context, Arrival arrival, @Nullable Visitor visitor)
      throws InvalidEvent {
    if (!(message.json() instanceof ObjectNode event)) {
      throw new InvalidEvent(
          "\"%s\" is not an object (expected: an event in braces)".formatted(message.place()));
    }
    if (context != null) {
      addContext(event, context);
    }
    region.note(event, visitor == null ? null : visitor.address());
    return json.read(event, message.path(), arrival);
  }

  /** What an event says itself goes before what its batch says for all. */
  private static void addContext(ObjectNode event, ObjectNode context) {
    JsonNode own = event.get("context");
    if (own == null || own.isNull()) {
      event.set("context", context);
    } else if (own instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : context.properties()) {
        object.putIfAbsent(entry.getKey(), entry.getValue());
      }
    }
  }

  private static @Nullable ObjectNode context(@Nullable JsonNode context) throws Refusal {
    if (context == null || context.isNull()) {
      return null;
    }
    if (context instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("\"context\" is not an object (expected: an object)");
  }

  private Arrival arrival(TrackingRequest request, Site site) throws Refusal {
    var arrival =
        new Arrival.AtDoor(site.name(), clock.instant().truncatedTo(ChronoUnit.MILLIS), null);
    try {
      return new Arrival.AtDoor(site.name(), arrival.at(), json.sentAt(request.sentAt(), arrival));
    } catch (InvalidEvent e) {
      throw Refusal.badRequest(e.getMessage());
    }
  }

  private static void await(List<CompletableFuture<Void>> published) throws Refusal {
    try {
      for (CompletableFuture<Void> acknowledged : published) {
        acknowledged.join();
      }
    } catch (CompletionException e) {
      log.warn("Kafka did not acknowledge events: {}", String.valueOf(e.getCause()));
      throw Refusal.unavailable(
          "the events could not be stored (expected: the same request again, later)");
    }
  }
}
