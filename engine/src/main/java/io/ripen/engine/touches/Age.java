package io.ripen.engine.touches;

import java.time.Duration;

/**
 * How long ago a touch was noted first, as the database said whose clock all workers share; from
 * then on by the time that has gone by in this process. Nobody sets either.
 *
 * @param then what the database said
 * @param at when it said so, in nanoseconds of {@link System#nanoTime()}
 */
record Age(Duration then, long at) {

  static Age of(Duration then) {
    return new Age(then, System.nanoTime());
  }

  Duration now() {
    return then.plusNanos(System.nanoTime() - at);
  }
}
