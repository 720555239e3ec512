package io.ripen.engine.touches;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes again and again while the database is away. Ends early when its thread is interrupted, as
 * at shutdown. Safe for use by many threads.
 */
final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration atMost;
  private final LongSupplier nanoTime;
  private final Pause pause;

  Patience(Duration atMost, LongSupplier nanoTime, Pause pause) {
    this.atMost = atMost;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Writes.
   *
   * @throws DataAccessException when it could not be written in time, or never can be
   */
  void write(Runnable update) {
    long start = nanoTime.getAsLong();
    Duration next = FIRST;
    for (boolean isFirst = true; ; isFirst = false) {
      try {
        update.run();
        return;
      } catch (DataIntegrityViolationException e) {
        throw e;
      } catch (DataAccessException e) {
        if (isFirst) {
          LOG.warn("The ledger cannot be written; what became of a touch is kept for {}", atMost);
        }
        Duration left = atMost.minusNanos(nanoTime.getAsLong() - start);
        if (!left.isPositive() || !pause(next.compareTo(left) < 0 ? next : left)) {
          throw e;
        }
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
      }
    }
  }

  private boolean pause(Duration time) {
    try {
      pause.last(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How to let time pass. */
  @FunctionalInterface
  interface Pause {
    void last(Duration time) throws InterruptedException;
  }
}
