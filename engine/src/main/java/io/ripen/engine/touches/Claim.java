package io.ripen.engine.touches;

import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a touch for a while. Whoever claims it next makes this one void.
 *
 * @param attempts the number of this attempt, from 1
 */
record Claim(long key, UUID token, int attempts, Instant plannedAt) {}
