package io.ripen.engine.gate;

import java.time.Instant;

/**
 * Another touch of the same lead, of late or soon.
 *
 * @param at when it went out; for one that waits, until when; for one under way, about now
 */
record OtherTouch(Medium medium, Standing standing, Instant at, Priority priority) {

  /** How far it is. */
  enum Standing {
    /** It went out, or must be taken to have. */
    SENT,
    /** A worker is at it. */
    UNDER_WAY,
    /** The gate has told it to wait. */
    WAITING
  }

  boolean is(Standing other) {
    return standing == other;
  }
}
