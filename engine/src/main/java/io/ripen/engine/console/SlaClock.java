package io.ripen.engine.console;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of the time for a task has gone.
 *
 * @param text in words
 * @param look how it is coloured: {@code good}, {@code warn} when half is gone, {@code bad} when
 *     all is, or empty without a limit
 * @param percent of the time that has gone
 */
public record SlaClock(String text, String look, int percent) {

  private static final SlaClock NONE = new SlaClock("no limit", "", 0);
  private static final int HALF = 50;
  private static final int ALL = 100;

  static SlaClock of(Instant since, @Nullable Instant due, Instant now) {
    if (due == null) {
      return NONE;
    }
    Duration left = Duration.between(now, due);
    if (left.isNegative() || left.isZero()) {
      return new SlaClock(words(left.negated()) + " late", "bad", ALL);
    }
    long whole = Math.max(1, Duration.between(since, due).toMillis());
    long gone = Math.max(0, whole - left.toMillis());
    int percent = (int) Math.min(ALL, gone * ALL / whole);
    return new SlaClock(words(left) + " left", percent < HALF ? "good" : "warn", percent);
  }

  /** The two largest units that say something; the smallest is a minute. */
  static String words(Duration time) {
    long days = time.toDays();
    int hours = time.toHoursPart();
    int minutes = time.toMinutesPart();
    if (days > 0) {
      return hours == 0 ? days + " d" : "%d d %d h".formatted(days, hours);
    }
    if (hours > 0) {
      return minutes == 0 ? hours + " h" : "%d h %d min".formatted(hours, minutes);
    }
    return minutes == 0 ? "less than a minute" : minutes + " min";
  }
}
