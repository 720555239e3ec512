package io.ripen.engine.events;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as senders write them, and their clocks' errors. */
final class EventTimes {

  static final String EXPECTED = "an ISO 8601 time such as 2026-03-29T12:30:00.000Z";
  static final Instant EARLIEST = Instant.EPOCH;

  private static final String PLAIN = "0000-00-00T00:00:00.000Z";
  private static final int LAST_YEAR = 9999;

  /** Without an offset, as some languages' clocks print it, a time is taken as UTC. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private EventTimes() {}

  /** The instant that the text means, or null where it is none in the years 0 to 9999. */
  static @Nullable Instant parse(String text) {
    try {
      Instant instant = isAsScriptsPrint(text) ? plain(text) : iso(text);
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year < 0 || year > LAST_YEAR ? null : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** What a clock that read {@code sentAt} at {@code receivedAt} ought to have read. */
  static Instant corrected(Instant time, Instant sentAt, Instant receivedAt) {
    return time.plus(Duration.between(sentAt, receivedAt));
  }

  static Instant notAfter(Instant latest, Instant time) {
    return time.isAfter(latest) ? latest : time;
  }

  /** {@code 2026-03-29T12:30:00.000Z}: nearly all times, and worth a short cut. */
  private static boolean isAsScriptsPrint(String text) {
    if (text.length() != 24) {
      return false;
    }
    for (int i = 0; i < PLAIN.length(); i++) {
      char c = text.charAt(i);
      if (PLAIN.charAt(i) == '0' ? c < '0' || c > '9' : c != PLAIN.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static Instant plain(String text) {
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, 20, 23) * 1_000_000)
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static Instant iso(String text) {
    TemporalAccessor parsed =
        ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    return switch (parsed) {
      case OffsetDateTime time -> time.toInstant();
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
      default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    };
  }
}
