package io.ripen.engine.links;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports what people do with a message as events. Never keeps the caller waiting: with Kafka in
 * trouble, an event may be lost, and the log says so.
 */
@Component
@Profile("engine")
public final class TouchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(TouchEvents.class);
  private static final int MOST_UNDER_WAY = 1_000;

  private final EventPublisher publisher;
  private final Clock clock;
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

  TouchEvents(EventPublisher publisher, Clock clock) {
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Reports one event.
   *
   * @param messageId the event's id; an event with the same id is the same event
   * @param name for example {@code Message Clicked}
   * @param url where the link led, or the page on which it happened
   * @param more further properties
   */
  public void report(
      String messageId,
      String name,
      TouchRef touch,
      String url,
      Map<String, String> more,
      @Nullable String userAgent) {
    Event event = event(messageId, name, touch, url, more, userAgent);
    if (!underWay.tryAcquire()) {
      lost(event, "too many are under way");
      return;
    }
    // The producer may block while it looks for its brokers.
    Thread.ofVirtual().name("touch-event").start(() -> publish(event));
  }

  private void publish(Event event) {
    try {
      publisher.publish(event).join();
    } catch (CompletionException e) {
      lost(event, String.valueOf(e.getCause()));
    } catch (RuntimeException e) {
      lost(event, e.toString());
    } finally {
      underWay.release();
    }
  }

  private static void lost(Event event, String why) {
    LOG.warn(
        "The event {} of touch {} is lost: {}",
        event.name(),
        event.properties().path("touch").asString(),
        why);
  }

  private Event event(
      String messageId,
      String name,
      TouchRef touch,
      String url,
      Map<String, String> more,
      @Nullable String userAgent) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("touch", Long.toString(touch.touch()));
    properties.put("flow", touch.flow());
    properties.put("element", touch.element());
    properties.put("channel", touch.channel());
    properties.put("url", url);
    more.forEach(properties::put);
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    if (userAgent != null) {
      context.put("userAgent", userAgent);
    }
    Instant now = clock.instant();
    return new Event(
        messageId,
        "track",
        name,
        null,
        null,
        null,
        null,
        touch.leadId(),
        now,
        now,
        "default",
        properties,
        JsonNodeFactory.instance.objectNode(),
        context);
  }
}
