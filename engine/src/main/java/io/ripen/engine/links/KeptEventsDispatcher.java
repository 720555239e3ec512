package io.ripen.engine.links;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends kept events to Kafka for as long as the server runs. Whatever fails is tried again. */
final class KeptEventsDispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(KeptEventsDispatcher.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private final SendKeptEvents events;
  private final Duration poll;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean troubled;
  private volatile @Nullable Thread thread;

  KeptEventsDispatcher(SendKeptEvents events, Duration poll) {
    this.events = events;
    this.poll = poll;
  }

  @Override
  public synchronized void start() {
    if (thread == null && stopped.getCount() > 0) {
      Thread dispatcher = Thread.ofVirtual().name("kept-events").unstarted(this::run);
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
      while (stopped.getCount() > 0) {
        if (!round()) {
          stopped.await(poll.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean round() {
    try {
      boolean more = events.send();
      troubled = false;
      return more;
    } catch (RuntimeException e) {
      // The database is away, most likely: the rows are there when it is back.
      if (!troubled) {
        troubled = true;
        LOG.warn("Kept events cannot be sent: {}", e.getMessage());
      }
      return false;
    }
  }
}
