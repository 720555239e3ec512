package io.ripen.engine.signals;

import io.ripen.engine.tables.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of the signal table raises.
 *
 * @param signal the name of the message in Zeebe; {@code *} at its end stands for the segment
 * @param timeToLive how long Zeebe holds it for somebody who does not wait yet
 */
record SignalRule(String signal, Correlation correlation, Duration timeToLive) {

  /** The outputs of the table. */
  static final List<String> OUTPUTS = List.of("signal", "key", "timeToLive");

  private static final String ANY = "*";
  private static final Pattern SIGNAL =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)*(?:\\.\\*)?");

  static @Nullable SignalRule read(Row row) {
    String signal = row.text("signal");
    String key = row.text("key");
    String timeToLive = row.text("timeToLive");
    if (signal == null || key == null || timeToLive == null) {
      return null;
    }
    if (!SIGNAL.matcher(signal).matches()) {
      row.refuse("signal", signal, "small letters, in words joined by dots, as in cart.updated");
    }
    Correlation correlation = Correlation.named(key);
    if (correlation == null) {
      row.refuse("key", key, "cart, order, lead or answer");
    }
    Duration duration = duration(timeToLive);
    if (duration == null) {
      row.refuse("timeToLive", timeToLive, "an ISO 8601 duration of days or less, as in PT10M");
    }
    return correlation == null || duration == null
        ? null
        : new SignalRule(signal, correlation, duration);
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
