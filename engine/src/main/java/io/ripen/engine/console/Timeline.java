package io.ripen.engine.console;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of a lead's story, the newest first, with the stories of the leads that turned out to be
 * the same person.
 *
 * @param next where the next page begins, or null at the end
 */
record Timeline(UUID leadId, List<TimelineEntry> entries, @Nullable String next) {}
