package io.ripen.engine.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A flow that is started for the members of a segment, one after the other.
 *
 * @param state {@code running}, {@code done}, {@code stopped} or {@code failed}
 * @param perHour the most starts in an hour; null for as many as Zeebe takes
 * @param leads how many members there were when it began; zero while they are not counted yet
 * @param done members whose turn has come
 * @param started runs of the flow that came of it
 * @param unknown members of whom nobody can tell whether a run came of it
 * @param problem why it failed; null where it did not
 */
public record Broadcast(
    long id,
    String flow,
    String segment,
    String state,
    @Nullable Integer perHour,
    Instant startedAt,
    @Nullable Instant endedAt,
    long leads,
    long done,
    long started,
    long unknown,
    @Nullable String problem) {

  static final String RUNNING = "running";
  static final String DONE = "done";
}
