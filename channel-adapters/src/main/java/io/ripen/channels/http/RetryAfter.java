package io.ripen.channels.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How long a server asks to be left alone, by RFC 9110. */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /**
   * The header's wish, a day at most.
   *
   * @param otherwise where there is no such header, or none that can be read
   */
  public static Duration of(HttpHeaders headers, Clock clock, Duration otherwise) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .map(value -> read(value, clock, otherwise))
        .orElse(otherwise);
  }

  /** So many seconds, a day at most. */
  public static Duration ofSeconds(long seconds) {
    return within(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
  }

  private static Duration read(String value, Clock clock, Duration otherwise) {
    if (SECONDS.matcher(value).matches()) {
      return ofSeconds(Long.parseLong(value));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return within(Duration.between(clock.instant(), until.toInstant()));
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static Duration within(Duration wish) {
    if (wish.isNegative()) {
      return Duration.ZERO;
    }
    return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
  }
}
