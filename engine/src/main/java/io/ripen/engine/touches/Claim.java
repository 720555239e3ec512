package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.UseBy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a touch for a while. Whoever claims it next makes this one void.
 *
 * @param attempts the number of this attempt, from 1
 * @param dueAt when it was planned, or let go by the gate
 * @param age how long ago it was planned, whatever the clock says that {@code plannedAt} is from
 * @param span how long after it was planned the touch is of use
 * @param earlierMayBeOut whether a try before this one may have reached the provider
 */
record Claim(
    long key,
    UUID token,
    Medium medium,
    int attempts,
    Instant plannedAt,
    Instant dueAt,
    Age age,
    Duration span,
    boolean earlierMayBeOut) {

  private static final Duration HALF_OLD = Duration.ofMinutes(15);

  /** How long it is of use yet; negative, when it no longer is. */
  Duration left() {
    return span.minus(age.now());
  }

  /** The same for who goes by this clock. */
  UseBy useBy(Instant now) {
    return UseBy.of(span, age.now(), now);
  }

  double youth() {
    return youth(age.now());
  }

  /** 1 of a touch that was just planned, a half after a quarter of an hour, and so on towards 0. */
  static double youth(Duration age) {
    return age.isNegative() ? 1 : 1 / (1 + (double) age.toMillis() / HALF_OLD.toMillis());
  }
}
