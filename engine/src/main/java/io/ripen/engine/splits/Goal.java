package io.ripen.engine.splits;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a lead is to do after a split, and by when.
 *
 * @param event the name of the event; null for other kinds
 * @param within from the moment of the split; what happens at its very end is too late
 */
public record Goal(Kind kind, @Nullable String event, Duration within) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  /** What counts. */
  public enum Kind {
    /** An order that was not cancelled. */
    ORDERED,
    /** A click on a message that the flow sent after the split. */
    CLICKED,
    /** A reply to such a message. */
    REPLIED,
    /** Any event of that name. */
    EVENT;

    String lower() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads what a marketer wrote.
   *
   * @throws IllegalArgumentException when it is no goal; the message says what would be
   */
  static Goal parse(String kind, @Nullable String event, Duration within) {
    Kind named =
        Arrays.stream(Kind.values())
            .filter(each -> each.lower().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is no goal (expected: ordered, clicked, replied or event)"
                            .formatted(kind)));
    if (named == Kind.EVENT && event == null) {
      throw new IllegalArgumentException(
          "the goal is an event without a name (expected: such as Trial Started)");
    }
    return new Goal(named, named == Kind.EVENT ? event : null, within);
  }

  /** As the end of a sentence: {@code ordered within 14 days}. */
  String words() {
    String what = kind == Kind.EVENT ? "“" + event + "”" : kind.lower();
    return what + " within " + time();
  }

  /** As people say it: {@code 14 days}. */
  String time() {
    if (within.toSeconds() % Duration.ofDays(1).toSeconds() == 0) {
      return count(within.toDays(), "day");
    }
    return within.toSeconds() % Duration.ofHours(1).toSeconds() == 0
        ? count(within.toHours(), "hour")
        : count(within.toMinutes(), "minute");
  }

  private static String count(long number, String unit) {
    return number == 1 ? "1 " + unit : number + " " + unit + "s";
  }

  /**
   * Reads a time for a goal.
   *
   * @throws IllegalArgumentException when it is none; the message says how it is written
   */
  static Duration window(String text) {
    try {
      Duration window = text.contains("T") ? Duration.parse(text) : days(Period.parse(text));
      if (window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
        return window;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below, as what is too short or too long.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no time for a goal (expected: P14D for 14 days, PT12H for 12 hours, a year at most)"
            .formatted(text));
  }

  private static Duration days(Period period) {
    if (period.toTotalMonths() != 0) {
      throw new DateTimeException("months differ in length");
    }
    return Duration.ofDays(LocalDate.EPOCH.plus(period).toEpochDay());
  }
}
