package io.ripen.engine.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many touches at most. Days and weeks are the last 24 and 168 hours, whatever a calendar says,
 * so that no two full days touch each other at midnight.
 *
 * @param perDay 0 for any number
 * @param perWeek 0 for any number
 */
record Cap(int perDay, int perWeek) {

  static final Duration DAY = Duration.ofDays(1);
  static final Duration WEEK = Duration.ofDays(7);
  static final Cap NONE = new Cap(0, 0);

  Cap {
    if (perDay < 0 || perWeek < 0) {
      throw new IllegalArgumentException(
          "a cap of %d a day and %d a week (expected: 0 for no cap, or more)"
              .formatted(perDay, perWeek));
    }
  }

  /**
   * Why there is no room at this moment, and when there is.
   *
   * @param sent when touches went out, in any order
   * @param what they are, as in "text messages"
   */
  @Nullable Wait waitFor(List<Instant> sent, Instant now, String what) {
    return Wait.later(
        room(sent, now, perDay, DAY, "%s in 24 hours".formatted(what)),
        room(sent, now, perWeek, WEEK, "%s in 7 days".formatted(what)));
  }

  private static @Nullable Wait room(
      List<Instant> sent, Instant now, int most, Duration window, String what) {
    if (most == 0) {
      return null;
    }
    List<Instant> newest =
        sent.stream().sorted(Comparator.<Instant>reverseOrder()).limit(most).toList();
    if (newest.size() < most) {
      return null;
    }
    // Gone when the oldest of them leaves the window.
    Instant until = newest.getLast().plus(window);
    return until.isAfter(now)
        ? new Wait(until, "cap", "The lead got %d %s, and more are too many.".formatted(most, what))
        : null;
  }
}
