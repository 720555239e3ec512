package io.ripen.engine.signals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.ripen.engine.signals.DispatchSignals.Round;
import io.ripen.engine.signals.SignalJdbc.Backlog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the way to Zeebe. */
final class SignalMetrics {

  private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

  private final SignalJdbc signals;
  private final Clock clock;
  private final Counter sent;
  private final Counter pushedBack;
  private final Counter dead;
  private final AtomicInteger window = new AtomicInteger();
  private volatile Backlog backlog = new Backlog(0, Duration.ZERO);
  private Instant countedAt = Instant.MIN;

  SignalMetrics(MeterRegistry meters, SignalJdbc signals, Clock clock) {
    this.signals = signals;
    this.clock = clock;
    this.sent = meters.counter("ripen.signals.sent");
    this.pushedBack = meters.counter("ripen.signals.pushed.back");
    this.dead = meters.counter("ripen.signals.dead");
    meters.gauge("ripen.signals.window", window);
    meters.gauge("ripen.signals.pending", this, self -> self.backlog.pending());
    TimeGauge.builder(
            "ripen.signals.lag", this, TimeUnit.MILLISECONDS, self -> self.backlog.age().toMillis())
        .description("how long the oldest signal that is not sent yet has waited")
        .register(meters);
  }

  void sent(Round round, int windowSize) {
    sent.increment(round.taken());
    pushedBack.increment(round.pushedBack());
    dead.increment(round.dead());
    window.set(windowSize);
    Instant now = clock.instant();
    if (now.isAfter(countedAt.plus(COUNTED_FOR)) || now.isBefore(countedAt)) {
      countedAt = now;
      backlog = signals.backlog(now);
    }
  }
}
