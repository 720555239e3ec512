package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Applies events; other batches may change the same leads, and whoever loses reads again. */
final class ApplyPatiently {

  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final ApplyEvents applyEvents;
  private final LeadMetrics metrics;

  ApplyPatiently(ApplyEvents applyEvents, LeadMetrics metrics) {
    this.applyEvents = applyEvents;
    this.metrics = metrics;
  }

  /**
   * As {@link ApplyEvents#apply}.
   *
   * @throws RuntimeException also for a race that is lost again and again
   */
  Map<String, String> apply(List<Event> events) {
    for (int tries = 1; ; tries++) {
      try {
        return applyEvents.apply(events);
      } catch (RuntimeException e) {
        if (Failure.of(e) != Failure.RACE || tries == TRIES) {
          throw e;
        }
        metrics.race();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
      }
    }
  }
}
