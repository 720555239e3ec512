package io.ripen.app.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The broker's clock, moved through its actuator. Safe for use by many threads. */
final class ZeebeClock {

  private static final Pattern EPOCH_MILLI = Pattern.compile("\"epochMilli\"\\s*:\\s*(\\d+)");

  private final URI clock;

  ZeebeClock(URI actuator) {
    this.clock = actuator.resolve("/actuator/clock");
  }

  /**
   * Moves it on to the real time plus this offset; asked for twice, it moves once, and never back.
   * It forgets its offset when the broker is started again.
   *
   * @throws Http.Refused when the broker answered that it does not do it
   */
  synchronized void moveTo(Duration offset) throws IOException {
    Duration missing = missing(offset);
    if (missing.toMillis() > 0) {
      Http.exchange(
          "POST",
          URI.create(clock + "/add"),
          "{\"offsetMilli\": %d}".formatted(missing.toMillis()));
    }
  }

  /** Whether it has yet to be moved to this offset. */
  boolean isBehind(Duration offset) throws IOException {
    return missing(offset).toMillis() > 0;
  }

  /** How far ahead of the real time it is, or less by as long as the answer took. */
  Duration offset() throws IOException {
    Instant zeebes = read();
    return Duration.between(Instant.now(), zeebes);
  }

  /** From before the question: a slow answer must not make the step too long. */
  private Duration missing(Duration offset) throws IOException {
    Instant asked = Instant.now();
    return Duration.between(read(), asked.plus(offset));
  }

  Instant read() throws IOException {
    String answer = Http.exchange("GET", clock, null);
    Matcher epoch = EPOCH_MILLI.matcher(answer);
    if (!epoch.find()) {
      throw new IOException(clock + " answered " + answer + " (expected: epochMilli)");
    }
    return Instant.ofEpochMilli(Long.parseLong(epoch.group(1)));
  }
}
