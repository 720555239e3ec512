package io.ripen.engine.leads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One application of the scoring rules to all past events, as far as it has come.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param leads how many there were when it began
 * @param leadsChanged those whose entries or score are others than before
 * @param problem why it failed; null where it did not
 */
record Recompute(
    long id,
    String state,
    Instant startedAt,
    @Nullable Instant endedAt,
    long leads,
    long leadsDone,
    long leadsChanged,
    long entriesAdded,
    long entriesChanged,
    long entriesRemoved,
    @Nullable String problem) {}
