package io.ripen.engine.rules;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks once in a while whether another version was deployed, for as long as the server runs. */
final class WatchRules implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WatchRules.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final LiveRules rules;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean isTroubled;
  private @Nullable Thread thread;

  WatchRules(LiveRules rules, Duration pause) {
    this.rules = rules;
    this.pause = pause;
  }

  @Override
  public synchronized void start() {
    if (thread == null && stopped.getCount() > 0) {
      thread = Thread.ofVirtual().name("rules").start(this::run);
    }
  }

  @Override
  public synchronized void stop() {
    stopped.countDown();
    Thread running = thread;
    thread = null;
    if (running != null) {
      try {
        running.join(STOP_WITHIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      rules.refresh();
      isTroubled = false;
    } catch (RuntimeException e) {
      // The database is away, most likely: what holds goes on.
      if (!isTroubled) {
        isTroubled = true;
        LOG.warn("New versions of rule files cannot be looked for: {}", e.getMessage());
      }
    }
  }
}
