package io.ripen.engine.touches;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * How long to wait after a failed attempt, a little more or less by chance, so that what failed
 * together does not come back together.
 */
@Component
final class RetryDelay {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What has less time left is not tried again. */
  private static final Duration LAST = Duration.ofSeconds(30);

  private static final Duration MOST_SPREAD = Duration.ofMinutes(10);

  private final RandomGenerator random;

  RetryDelay() {
    this(RandomGenerator.getDefault());
  }

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The delay after an attempt that failed for the message's own sake: 30 s, doubling up to an
   * hour.
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
   * The delay of what waits for its channel, as all others of that channel do: how often it was
   * tried says nothing of it. Who comes back first when the channel does is decided here.
   *
   * @param advised the least that the channel asks for
   * @param youth 0 of what should be first, 1 of what waits four times as long
   */
  Duration whileAway(Duration advised, double youth) {
    long base = Math.max(FIRST.toMillis(), advised.toMillis());
    return Duration.ofMillis((long) (base * (1 + 3 * youth) * random.nextDouble(1, 1.1)));
  }

  /**
   * The same delay, cut to half of what is left where it would be too late; nothing, where hardly
   * anything is left.
   */
  static Optional<Duration> inTime(Duration delay, Duration left) {
    if (delay.compareTo(left) < 0) {
      return Optional.of(delay);
    }
    return left.compareTo(LAST) < 0 ? Optional.empty() : Optional.of(left.dividedBy(2));
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
