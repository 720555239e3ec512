package io.ripen.engine.audience;

import org.jspecify.annotations.Nullable;

/**
 * What it would come to if somebody asked for a broadcast now.
 *
 * @param leads members whose turn is to come
 * @param perHour the most starts in an hour; null for as many as Zeebe takes
 * @param seconds how long it takes at its pace; null where it has none
 * @param beingCounted whether nobody can say yet who is in the segment
 * @param last the one before; null where there was none
 */
record BroadcastPlan(
    String flow,
    String segment,
    Does does,
    long leads,
    @Nullable Integer perHour,
    @Nullable Long seconds,
    boolean beingCounted,
    @Nullable Broadcast last) {

  /** What is done with whom. */
  enum Does {
    /** Everybody has their turn. */
    BEGINS,
    /** The rest of the last one have theirs. */
    GOES_ON,
    /** Nobody: the last one is done. */
    NOTHING;

    static Does of(@Nullable Broadcast last, boolean again) {
      if (last == null || (again && !last.state().equals(Broadcast.RUNNING))) {
        return BEGINS;
      }
      return last.state().equals(Broadcast.DONE) ? NOTHING : GOES_ON;
    }
  }
}
