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

  boolean isTooLate(Instant when) {
    return when.isAfter(plannedAt.plus(useBy));
  }
}
