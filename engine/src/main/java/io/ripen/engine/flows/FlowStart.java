package io.ripen.engine.flows;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the newest version of a flow is started for a lead, without the signal that it begins with.
 *
 * @param processKey Zeebe's process definition key
 * @param before the element to begin with; null where the flow has a start event of its own for it
 * @param variables what its messages are correlated by, as {@code leadId}: the start has to give it
 */
public record FlowStart(long processKey, @Nullable String before, Set<String> variables) {}
