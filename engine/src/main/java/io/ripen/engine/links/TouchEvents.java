package io.ripen.engine.links;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.links.Visits.Visit;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports what people do with a message as events. Reports keep no caller waiting: what Kafka does
 * not take waits in PostgreSQL. With both in trouble an event is lost, and the log says so.
 */
@Component
@Profile("engine")
public final class TouchEvents implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TouchEvents.class);

  /** About a thousand a second for as long as Kafka may take to answer. */
  private static final int MOST_UNDER_WAY = 10_000;

  private static final Duration FINISH_WITHIN = Duration.ofSeconds(15);

  private final EventPublisher publisher;
  private final EventOutbox outbox;
  private final Visits visits;
  private final Clock clock;
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
  private final AtomicBoolean troubled = new AtomicBoolean();

  TouchEvents(EventPublisher publisher, EventOutbox outbox, Visits visits, Clock clock) {
    this.publisher = publisher;
    this.outbox = outbox;
    this.visits = visits;
    this.clock = clock;
  }

  /** Waits for what is under way, while Kafka and PostgreSQL can still be reached. */
  @Override
  public void close() {
    try {
      if (!underWay.tryAcquire(MOST_UNDER_WAY, FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Some events are still under way at the end and may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    start(event, () -> publish(event));
  }

  /**
   * Keeps one event until Kafka has it: of what somebody is told has been done.
   *
   * @throws org.springframework.dao.DataAccessException when it could not be kept
   */
  public void keep(
      String messageId,
      String name,
      TouchRef touch,
      String url,
      Map<String, String> more,
      @Nullable String userAgent) {
    outbox.put(event(messageId, name, touch, url, more, userAgent));
  }

  /**
   * Reports one event of whoever followed a link of a message, or saw its picture: in the case of
   * an e-mail once it shows that this was a person.
   *
   * @param link tells the links of a message apart; null for the picture
   */
  void reportVisit(
      @Nullable String link,
      String messageId,
      String name,
      TouchRef touch,
      String url,
      Map<String, String> more,
      @Nullable String userAgent) {
    Event event = event(messageId, name, touch, url, more, userAgent);
    boolean isHeld = visits.hold(touch);
    start(event, () -> visit(new Visit(touch, link, event.occurredAt(), event), event, isHeld));
  }

  /**
   * Notes that somebody looked at a page of ours behind a link of a message, which means nothing by
   * itself: who looks at several at once is a program.
   */
  public void noteVisit(String link, TouchRef touch) {
    Visit visit = new Visit(touch, link, clock.instant(), null);
    if (visits.hold(touch) && underWay.tryAcquire()) {
      begin(() -> note(visit));
    }
  }

  private void start(Event event, Runnable way) {
    if (underWay.tryAcquire()) {
      begin(way);
    } else {
      lost(event, "too many are under way");
    }
  }

  /** The producer may block while it looks for its brokers, and the database may be away. */
  private void begin(Runnable way) {
    Thread.ofVirtual()
        .name("touch-event")
        .start(
            () -> {
              try {
                way.run();
              } finally {
                underWay.release();
              }
            });
  }

  private void visit(Visit visit, Event event, boolean isHeld) {
    if (isHeld) {
      try {
        visits.put(visit);
        return;
      } catch (RuntimeException e) {
        LOG.debug("PostgreSQL is away, so nobody can tell who made a visit", e);
      }
    }
    publish(event);
  }

  private void note(Visit visit) {
    try {
      visits.put(visit);
    } catch (RuntimeException e) {
      LOG.debug("A look at a page was not noted", e);
    }
  }

  private void publish(Event event) {
    try {
      publisher.publish(event).join();
      troubled.set(false);
    } catch (CompletionException e) {
      keep(event, String.valueOf(e.getCause()));
    } catch (RuntimeException e) {
      keep(event, e.toString());
    }
  }

  private void keep(Event event, String why) {
    try {
      outbox.put(event);
      if (troubled.compareAndSet(false, true)) {
        LOG.warn("Kafka takes no events of touches, so they wait in event_outbox: {}", why);
      }
    } catch (RuntimeException e) {
      lost(event, why + ", and " + e.getMessage());
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
    return Event.ofOurs(messageId, name, touch.leadId(), clock.instant(), properties, context);
  }
}
