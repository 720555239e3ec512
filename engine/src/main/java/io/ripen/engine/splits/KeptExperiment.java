package io.ripen.engine.splits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A test that leads have come into.
 *
 * @param firstVersion of the flow, the oldest that it ran in
 * @param look when the better variant was looked for; null before
 */
record KeptExperiment(
    long id,
    String flow,
    String element,
    Experiment experiment,
    Instant beganAt,
    int firstVersion,
    int lastVersion,
    @Nullable Look look) {}
