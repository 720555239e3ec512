package io.ripen.engine.signals;

import io.ripen.engine.signals.DispatchSignals.Round;
import io.ripen.engine.standstill.Turnstile;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends signals to Zeebe for as long as the server runs, one round after the other, as fast as
 * Zeebe takes them. Whatever fails is tried again.
 */
final class SignalDispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SignalDispatcher.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
  private static final Duration SHORTEST_REST = Duration.ofMillis(100);

  private final DispatchSignals dispatch;
  private final Doorbell doorbell;
  private final SignalMetrics metrics;
  private final Turnstile turnstile;
  private final Duration poll;
  private final Window window;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean troubled;
  private volatile @Nullable Thread thread;

  SignalDispatcher(
      DispatchSignals dispatch,
      Doorbell doorbell,
      SignalMetrics metrics,
      Turnstile turnstile,
      SignalsProperties properties) {
    this.dispatch = dispatch;
    this.doorbell = doorbell;
    this.metrics = metrics;
    this.turnstile = turnstile;
    this.poll = properties.poll();
    this.window = new Window(properties.window());
  }

  @Override
  public synchronized void start() {
    if (thread == null && stopped.getCount() > 0) {
      // Known before it runs: it ends as soon as it is not the one.
      Thread dispatcher = Thread.ofPlatform().name("signal-dispatcher").unstarted(this::run);
      thread = dispatcher;
      dispatcher.start();
    }
  }

  /** Ends after the round that is under way. */
  @Override
  public synchronized void stop() {
    Thread running = thread;
    thread = null;
    stopped.countDown();
    if (running != null) {
      doorbell.ring();
      try {
        running.join(STOP_WITHIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (thread == Thread.currentThread()) {
        Round round = round();
        if (!window.rest().isZero()) {
          stopped.await(window.rest().toMillis(), TimeUnit.MILLISECONDS);
        } else if (round.due() == 0) {
          doorbell.await(poll);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Round round() throws InterruptedException {
    if (!turnstile.enter(Duration.ZERO)) {
      return Round.NOTHING;
    }
    try {
      Round round = dispatch.send(window.size(), longer(window.rest(), SHORTEST_REST));
      metrics.sent(round, window.size());
      adapt(round);
      return round;
    } catch (RuntimeException e) {
      // The database is away, most likely: nothing is lost, the rows are there when it is back.
      window.pushedBack(false);
      trouble("signals cannot be sent: " + e.getMessage());
      return Round.NOTHING;
    } catch (Error e) {
      // Nobody would see that this thread has ended. The rest grows, so it does not fill the log.
      window.pushedBack(false);
      LOG.error("signals cannot be sent, and are tried again", e);
      return Round.NOTHING;
    } finally {
      turnstile.leave();
    }
  }

  private void adapt(Round round) {
    if (round.pushedBack() > 0) {
      window.pushedBack(round.taken() > 0);
      trouble("Zeebe takes no more signals for now: " + round.cause());
    } else if (round.due() > 0) {
      window.taken();
      if (troubled) {
        troubled = false;
        LOG.info("Zeebe takes signals again");
      }
    } else {
      window.rested();
    }
  }

  /** Said once for each time of trouble. */
  private void trouble(String what) {
    if (!troubled) {
      troubled = true;
      LOG.warn(what);
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
