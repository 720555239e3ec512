package io.ripen.engine.touches;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a touch for a while. Whoever claims it next makes this one void.
 *
 * @param attempts the number of this attempt, from 1
 * @param useBy how long after it was planned the touch is of use
 */
record Claim(long key, UUID token, int attempts, Instant plannedAt, Duration useBy) {

  boolean isTooLate(Instant when) {
    return when.isAfter(plannedAt.plus(useBy));
  }
}
