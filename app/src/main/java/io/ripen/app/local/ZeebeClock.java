package io.ripen.app.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The broker's clock, moved through its actuator. */
final class ZeebeClock {

  private static final Pattern EPOCH_MILLI = Pattern.compile("\"epochMilli\"\\s*:\\s*(\\d+)");
  private static final Duration CLOSE_ENOUGH = Duration.ofSeconds(2);

  private final URI clock;

  ZeebeClock(URI actuator) {
    this.clock = actuator.resolve("/actuator/clock");
  }

  /**
   * Moves it to the real time plus this offset; asked for twice, it moves once. It forgets its
   * offset when the broker is started again.
   */
  void set(Duration offset) throws IOException {
    Duration missing = Duration.between(read(), Instant.now().plus(offset));
    if (missing.abs().compareTo(CLOSE_ENOUGH) > 0) {
      add(missing);
    }
  }

  void add(Duration step) throws IOException {
    Http.exchange(
        "POST", URI.create(clock + "/add"), "{\"offsetMilli\": %d}".formatted(step.toMillis()));
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
