package io.ripen.engine.audience;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spreads starts evenly over the hour. Begins with one, and gathers no more than a minute's worth:
 * what was held up is not made good at once.
 */
final class Pace {

  private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();

  private final double perNano;
  private final double most;
  private final LongSupplier nanoTime;
  private double left = 1;
  private long at;

  Pace(int perHour, LongSupplier nanoTime) {
    this.perNano = perHour / NANOS_PER_HOUR;
    this.most = Math.max(1, perHour / 60.0);
    this.nanoTime = nanoTime;
    this.at = nanoTime.getAsLong();
  }

  /** How many may start now. */
  int allowed() {
    long now = nanoTime.getAsLong();
    left = Math.min(most, left + (now - at) * perNano);
    at = now;
    return (int) left;
  }

  /** One has started. */
  void spend() {
    left--;
  }
}
