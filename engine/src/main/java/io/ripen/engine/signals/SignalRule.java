package io.ripen.engine.signals;

import io.ripen.engine.tables.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of the signal table raises.
 *
 * @param signal the name of the message in Zeebe; {@code *} at its end stands for the segment
 * @param timeToLive how long Zeebe holds it for somebody who does not wait yet
 * @param worthTellingFor how old the event may be; null for any age
 */
record SignalRule(
    String signal,
    Correlation correlation,
    Duration timeToLive,
    @Nullable Duration worthTellingFor) {

  /** The outputs of the table. */
  static final List<String> OUTPUTS = List.of("signal", "key", "timeToLive", "worthTellingFor");

  private static final String ANY = "*";
  private static final String ALWAYS = "always";
  private static final Pattern SIGNAL =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)*(?:\\.\\*)?");

  static @Nullable SignalRule read(Row row) {
    String signal = row.text("signal");
    String key = row.text("key");
    String timeToLive = row.text("timeToLive");
    String worthTellingFor = row.text("worthTellingFor");
    if (signal == null || key == null || timeToLive == null || worthTellingFor == null) {
      return null;
    }
    if (!SIGNAL.matcher(signal).matches()) {
      row.refuse("signal", signal, "small letters, in words joined by dots, as in cart.updated");
    }
    Correlation correlation = Correlation.named(key);
    if (correlation == null) {
      row.refuse("key", key, "cart, order, lead, answer or event");
    }
    Duration duration = duration(timeToLive);
    if (duration == null) {
      row.refuse("timeToLive", timeToLive, "an ISO 8601 duration of days or less, as in PT10M");
    }
    if (duration != null && duration.isZero() && worthTellingFor.equals(ALWAYS)) {
      row.refuse(
          "worthTellingFor",
          worthTellingFor,
          "a time such as P1D, since time to live PT0S starts flows: an event of long ago must not");
    }
    Duration worth = duration(worthTellingFor);
    if (!worthTellingFor.equals(ALWAYS) && (worth == null || worth.isZero())) {
      row.refuse(
          "worthTellingFor",
          worthTellingFor,
          "for how long after the event, as in P1D for a day, or always");
    }
    return correlation == null || duration == null
        ? null
        : new SignalRule(signal, correlation, duration, worth);
  }

  /** Whether runs may begin by it: what only ends them is told however long ago it was. */
  boolean startsFlows() {
    return worthTellingFor != null;
  }

  /**
   * Whether an event of this time is no news any more: it comes from an import, say, or from a
   * phone that was offline.
   */
  boolean isTooLate(Instant occurredAt, Instant now) {
    return worthTellingFor != null && occurredAt.isBefore(now.minus(worthTellingFor));
  }

  /** The name of the message for this occurrence; null where it is about no segment. */
  @Nullable String name(Occurrence occurrence) {
    if (!signal.endsWith(ANY)) {
      return signal;
    }
    String segment = occurrence.lead().progress().segment();
    return segment == null ? null : signal.replace(ANY, segment);
  }

  private static @Nullable Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() ? null : duration;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
