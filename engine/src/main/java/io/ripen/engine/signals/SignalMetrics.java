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
import java.util.function.ToDoubleFunction;

/** What operators see of the way to Zeebe. */
final class SignalMetrics {

  private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

  /** Longer than a round takes while Zeebe does not answer; then the database does not either. */
  private static final Duration TRUE_FOR = Duration.ofMinutes(2);

  private final SignalJdbc signals;
  private final Clock clock;
  private final Counter sent;
  private final Counter pushedBack;
  private final Counter dead;
  private final AtomicInteger window = new AtomicInteger();
  private volatile Counted counted = new Counted(new Backlog(0, Duration.ZERO), Instant.MIN);

  SignalMetrics(MeterRegistry meters, SignalJdbc signals, Clock clock) {
    this.signals = signals;
    this.clock = clock;
    this.sent = meters.counter("ripen.signals.sent");
    this.pushedBack = meters.counter("ripen.signals.pushed.back");
    this.dead = meters.counter("ripen.signals.dead");
    meters.gauge("ripen.signals.window", window);
    meters.gauge("ripen.signals.pending", this, self -> self.told(Backlog::pending));
    TimeGauge.builder(
            "ripen.signals.lag",
            this,
            TimeUnit.MILLISECONDS,
            self -> self.told(backlog -> backlog.age().toMillis()))
        .description("how long the oldest signal that is not sent yet has waited")
        .register(meters);
  }

  void sent(Round round, int windowSize) {
    sent.increment(round.taken());
    pushedBack.increment(round.pushedBack());
    dead.increment(round.dead());
    window.set(windowSize);
    Instant now = clock.instant();
    if (!counted.isWithin(COUNTED_FOR, now)) {
      counted = new Counted(signals.backlog(now), now);
    }
  }

  /** Nothing rather than what was so before the database went away. */
  private double told(ToDoubleFunction<Backlog> value) {
    Counted last = counted;
    return last.isWithin(TRUE_FOR, clock.instant())
        ? value.applyAsDouble(last.backlog())
        : Double.NaN;
  }

  private record Counted(Backlog backlog, Instant at) {

    boolean isWithin(Duration time, Instant now) {
      return !now.isBefore(at) && !now.isAfter(at.plus(time));
    }
  }
}
