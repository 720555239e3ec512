package io.ripen.engine.standstill;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Shares the lock of all who work while this process does, and stands still when somebody wants
 * that. Without its session nothing begins: who has lost the lock has to take it again.
 */
final class Standstill implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
  private static final int ANSWER_SECONDS = 10;

  private final Sessions sessions;
  private final Turnstile turnstile;
  private final Readers readers;
  private final Runnable afterwards;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private boolean isTroubled;
  private boolean isFirst = true;
  private @Nullable Instant stillSince;
  private volatile @Nullable Thread thread;

  /**
   * @param afterwards what is done when a standstill is over, before the next one can begin; also
   *     at first, as nobody knows what was before
   */
  Standstill(Sessions sessions, Turnstile turnstile, Readers readers, Runnable afterwards) {
    this.sessions = sessions;
    this.turnstile = turnstile;
    this.readers = readers;
    this.afterwards = afterwards;
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      halt();
      // Not a virtual one, which others could keep from running.
      Thread watch = Thread.ofPlatform().daemon().name("standstill").unstarted(this::run);
      thread = watch;
      watch.start();
    }
  }

  @Override
  public synchronized void stop() {
    Thread watch = thread;
    thread = null;
    stopping.countDown();
    if (watch != null) {
      try {
        boolean unused = watch.join(STOP_WITHIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    turnstile.end();
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Begun before all that works, and ended after it. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1;
  }

  private void run() {
    try {
      while (!isStoppingWithin(Duration.ZERO)) {
        try (Connection session = sessions.open(ANSWER_SECONDS)) {
          share(new StandstillLock(session));
        } catch (SQLException | RuntimeException e) {
          // Whoever has no lock begins nothing.
          halt();
          trouble(e);
          boolean unused = isStoppingWithin(AGAIN_AFTER);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until this process ends, or its session does. */
  private void share(StandstillLock lock) throws SQLException, InterruptedException {
    boolean isShared = false;
    while (true) {
      while (!isShared) {
        isShared = lock.share();
        if (!isShared && isStoppingWithin(ASK_EVERY)) {
          return;
        }
      }
      goOn();
      do {
        if (isStoppingWithin(LOOK_EVERY)) {
          return;
        }
      } while (!lock.isWaitedFor());
      isShared = !comesToRest(lock);
    }
  }

  /** Whether it stands still, and has let the lock go; not where nobody wants it any more. */
  private boolean comesToRest(StandstillLock lock) throws SQLException, InterruptedException {
    stillSince = Instant.now();
    halt();
    while (turnstile.inside() > 0 || !readers.arePaused()) {
      if (isStoppingWithin(ASK_EVERY) || !lock.isWaitedFor()) {
        LOG.info(
            "Nobody waits any more for this process to stand still ({} at work)",
            turnstile.inside());
        return false;
      }
    }
    lock.leaveShare();
    LOG.info("Stands still while a backup is made");
    return true;
  }

  private void halt() {
    turnstile.close();
    readers.pause();
  }

  private void goOn() {
    turnstile.open();
    readers.resume();
    if (isTroubled) {
      isTroubled = false;
      LOG.info("The lock is there again, and work goes on");
    }
    Instant since = stillSince;
    if (since != null) {
      stillSince = null;
      LOG.info("Goes on after {} ms", Duration.between(since, Instant.now()).toMillis());
    }
    if (since != null || isFirst) {
      isFirst = false;
      afterwards.run();
    }
  }

  /** Said once for each time of trouble. */
  private void trouble(Exception e) {
    if (!isTroubled && stopping.getCount() > 0) {
      isTroubled = true;
      LOG.warn(
          "The lock of all who work cannot be had from the database ({}): nothing is begun until it can",
          e.getMessage());
    }
  }

  private boolean isStoppingWithin(Duration time) throws InterruptedException {
    return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
