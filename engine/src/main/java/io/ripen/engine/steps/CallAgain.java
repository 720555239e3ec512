package io.ripen.engine.steps;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait until a call is tried again: half a minute, doubling up to an hour, never less
 * than the receiver asks for, and up to a fifth more by chance, so that what failed together does
 * not come back together.
 */
final class CallAgain {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 10;

  private final RandomGenerator random;

  CallAgain(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The time until the next try.
   *
   * @param failed how many there were, from 1
   * @param advised the least that the receiver asks for
   */
  Duration after(int failed, Duration advised) {
    int doublings = Math.clamp(failed - 1L, 0, MOST_DOUBLINGS);
    long usual = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
    long least = Math.max(usual, advised.toMillis());
    return Duration.ofMillis((long) (least * random.nextDouble(1, 1.2)));
  }
}
