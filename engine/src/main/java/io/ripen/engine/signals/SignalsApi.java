package io.ripen.engine.signals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how often signals come. */
@RestController
@Profile("engine")
@RequestMapping("/api/signals")
class SignalsApi {

  private static final Duration LATELY = Duration.ofDays(7);

  private final SignalJdbc signals;
  private final Clock clock;

  SignalsApi(SignalJdbc signals, Clock clock) {
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * How often signals came in a day, on the average of the last week; those that nothing waited for
   * were not counted.
   *
   * @param days how long the counting goes back, at most seven
   */
  record PerDay(double days, Map<String, Double> signals) {}

  @GetMapping("/per-day")
  PerDay perDay() {
    Instant now = clock.instant();
    Instant from = signals.countedSince(now.minus(LATELY));
    double days = Math.max(Duration.between(from, now).toMinutes(), 1) / (24 * 60.0);
    Map<String, Double> perDay = new TreeMap<>();
    signals.counts(from).forEach((name, count) -> perDay.put(name, count / days));
    return new PerDay(days, perDay);
  }
}
