package io.ripen.engine.loops;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does something round by round for as long as the server runs, in a thread of its own. A round
 * that fails is tried again: the database is away, most likely, and nothing is lost meanwhile.
 */
public final class Loop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private final String what;
  private final Duration rest;
  private final Duration patience;
  private final Round round;

  /** Given when there is something to do, or to stop. */
  private final Semaphore calls = new Semaphore(0);

  private boolean isTroubled;
  private volatile boolean isStopping;
  private volatile @Nullable Thread thread;

  /** One round. */
  @FunctionalInterface
  public interface Round {
    /**
     * Does what there is to do, or a part of it.
     *
     * @return whether there is more to do at once
     */
    boolean run() throws SQLException, InterruptedException;
  }

  /**
   * @param what it does, as a log line begins: {@code segments}
   * @param rest after a round that leaves nothing to do, and after one that failed
   */
  public Loop(String what, Duration rest, Round round) {
    this(what, rest, STOP_WITHIN, round);
  }

  private Loop(String what, Duration rest, Duration patience, Round round) {
    this.what = what;
    this.rest = rest;
    this.patience = patience;
    this.round = round;
  }

  /**
   * One whose rounds wait for something to happen elsewhere: they are interrupted when it is to
   * end.
   */
  public static Loop waiting(String what, Duration rest, Round round) {
    return new Loop(what, rest, Duration.ZERO, round);
  }

  /** Ends a rest early. */
  public void wake() {
    calls.release();
  }

  /** Whether it is to end; a long round looks at it now and then. */
  public boolean isStopping() {
    return isStopping;
  }

  @Override
  public synchronized void start() {
    if (thread == null && !isStopping) {
      Thread runner = Thread.ofVirtual().name(what).unstarted(this::run);
      thread = runner;
      runner.start();
    }
  }

  /** Ends after the round that is under way, or in the midst of it when it takes too long. */
  @Override
  public synchronized void stop() {
    Thread running = thread;
    thread = null;
    isStopping = true;
    calls.release();
    if (running != null) {
      try {
        if (!running.join(patience)) {
          running.interrupt();
          boolean unused = running.join(STOP_WITHIN);
        }
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
      while (!isStopping) {
        if (!round()) {
          boolean unused = calls.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
          calls.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean round() throws InterruptedException {
    try {
      boolean more = round.run();
      if (isTroubled) {
        isTroubled = false;
        LOG.info("{}: goes on", what);
      }
      return more;
    } catch (SQLException | RuntimeException e) {
      // Said once for each time of trouble.
      if (!isTroubled) {
        isTroubled = true;
        LOG.warn("{}: cannot be done now, and is tried again: {}", what, e.getMessage());
      }
      return false;
    } catch (Error e) {
      // Nobody would see that this thread has ended.
      LOG.error("{}: is tried again", what, e);
      return false;
    }
  }
}
