package io.ripen.engine.gate;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a message is of use.
 *
 * @param span how long after it was planned
 * @param until until when that is, by the clock of who asks
 */
public record UseBy(Duration span, Instant until) {

  /**
   * The use-by of what was planned so long ago, by a clock that may show another time than the
   * asker's.
   */
  public static UseBy of(Duration span, Duration age, Instant now) {
    return new UseBy(span, now.plus(span).minus(age));
  }

  boolean includes(Instant when) {
    return !when.isAfter(until);
  }
}
