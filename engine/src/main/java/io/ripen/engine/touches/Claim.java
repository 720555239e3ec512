package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a touch for a while. Whoever claims it next makes this one void.
 *
 * @param attempts the number of this attempt, from 1
 * @param dueAt when it was planned, or let go by the gate
 * @param useBy how long after it was planned the touch is of use
 */
record Claim(
    long key,
    UUID token,
    Medium medium,
    int attempts,
    Instant plannedAt,
    Instant dueAt,
    Duration useBy) {

  private static final Duration HALF_OLD = Duration.ofMinutes(15);

  /** How long it is of use yet; negative, when it no longer is. */
  Duration left(Instant now) {
    return Duration.between(now, plannedAt.plus(useBy));
  }

  /** 1 of a touch that was just planned, a half after a quarter of an hour, and so on towards 0. */
  double youth(Instant now) {
    Duration age = Duration.between(plannedAt, now);
    return age.isNegative() ? 1 : 1 / (1 + (double) age.toMillis() / HALF_OLD.toMillis());
  }
}
