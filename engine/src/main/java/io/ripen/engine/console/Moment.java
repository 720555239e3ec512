package io.ripen.engine.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time for a page's {@code <time>}: in UTC; {@code console.js} shows it in the reader's zone.
 *
 * @param iso for machines
 * @param text for people
 */
public record Moment(String iso, String text) {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  public static Moment of(Instant at) {
    return new Moment(at.toString(), TEXT.format(at));
  }
}
