package io.ripen.engine.links;

import io.ripen.engine.events.EventPublisher;
import java.time.Clock;

/** The events of touches for tests of pages elsewhere. */
public final class TouchEventsFixture {

  private TouchEventsFixture() {}

  public static TouchEvents of(EventPublisher kafka, Clock clock) {
    return of(kafka, event -> {}, clock);
  }

  public static TouchEvents of(EventPublisher kafka, EventOutbox outbox, Clock clock) {
    return new TouchEvents(kafka, outbox, Links.TOLD_AT_ONCE, clock);
  }
}
