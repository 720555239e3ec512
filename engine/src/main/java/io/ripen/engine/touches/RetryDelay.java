package io.ripen.engine.touches;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * How long to wait after a failed attempt: 30 s, doubling up to an hour, a fifth more or less by
 * chance, so that what failed together does not come back together.
 */
@Component
final class RetryDelay {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final RandomGenerator random;

  RetryDelay() {
    this(RandomGenerator.getDefault());
  }

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The delay after an attempt.
   *
   * @param attempts how many there were, from 1
   * @param advised the least that the channel asks for
   */
  Duration after(int attempts, Duration advised) {
    long doubled = FIRST.toMillis() << Math.min(attempts - 1, 10);
    long base = Math.max(Math.min(doubled, LONGEST.toMillis()), advised.toMillis());
    return Duration.ofMillis((long) (base * random.nextDouble(0.8, 1.2)));
  }
}
