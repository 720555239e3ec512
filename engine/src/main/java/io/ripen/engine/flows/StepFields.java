package io.ripen.engine.flows;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in the fields of steps: read by the check of a flow and by who does the step
 * alike, so that what passes the one does not fail at the other.
 */
public final class StepFields {

  /** In days, of a hundred years: nobody waits for longer, and dates hold it. */
  private static final int LONGEST = 36_525;

  private StepFields() {}

  /** Points to give or to take, a million at most; null where it is no such number. */
  public static @Nullable Integer points(String text) {
    return text.matches("[-+]?\\d{1,6}") ? Integer.valueOf(text) : null;
  }

  /** How many times; null where it is no such number. */
  public static @Nullable Integer times(String text) {
    Integer number = points(text);
    return number != null && number > 0 ? number : null;
  }

  /** A time of days and more, or of less, in ISO 8601; null where it is none. */
  public static @Nullable TemporalAmount pause(String text) {
    if (text.contains("T")) {
      return useBy(text);
    }
    try {
      Period period = Period.parse(text);
      boolean isLong = LocalDate.EPOCH.plus(period).toEpochDay() > LONGEST;
      return period.isNegative() || period.isZero() || isLong ? null : period;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** How long something is of use, in ISO 8601: days at most; null where it is none. */
  public static @Nullable Duration useBy(String text) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isPositive() && duration.toDays() <= LONGEST ? duration : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** An address on the web, without a password in it; null where it is none. */
  public static @Nullable URI url(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null
              && url.getRawUserInfo() == null
              && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
          ? url
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
