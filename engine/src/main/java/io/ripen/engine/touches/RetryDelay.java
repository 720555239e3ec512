package io.ripen.engine.touches;

import java.time.Duration;
import java.time.Instant;
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

  private static final Duration MOST_SPREAD = Duration.ofMinutes(10);

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

  /**
   * The delay of what the gate defers: a little longer by chance, so that not everybody comes at
   * the end of the same quiet hours.
   *
   * @param latest until when it is of use
   */
  Duration until(Instant until, Instant latest, Instant now) {
    Duration wait = Duration.between(now, until);
    long left = Duration.between(until, latest).toMillis();
    long more = Math.min(left, Math.min(MOST_SPREAD.toMillis(), wait.toMillis() / 10));
    return wait.plusMillis(more > 0 ? random.nextLong(more) : 0);
  }
}
