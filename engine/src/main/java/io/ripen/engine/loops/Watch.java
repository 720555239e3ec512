package io.ripen.engine.loops;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a round when the session that allows it is gone, or may be: then PostgreSQL gives the
 * lock to somebody else. For one round.
 */
final class Watch {

  private final Connection session;
  private final Duration every;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();
  private final Thread thread;
  private volatile @Nullable SQLException loss;

  private Watch(Connection session, Duration every) {
    this.session = session;
    this.every = every;
    // Not a virtual one, which others could keep from running.
    this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::look);
  }

  /**
   * Does a round under watch.
   *
   * @throws SQLException also where the round was interrupted because the session was lost
   */
  static boolean over(Connection session, OneAtATime.Looks looks, Loop.Round round)
      throws SQLException, InterruptedException {
    session.setNetworkTimeout(Runnable::run, (int) looks.answerWithin().toMillis());
    Watch watch = new Watch(session, looks.every());
    watch.thread.start();
    try {
      return round.run();
    } catch (InterruptedException | RuntimeException e) {
      watch.end();
      if (watch.loss == null) {
        throw e;
      }
      throw new SQLException("the session that allows it was lost", watch.loss);
    } finally {
      watch.end();
    }
  }

  private void look() {
    try (Statement statement = session.createStatement()) {
      while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        statement.execute("select 1");
      }
    } catch (SQLException e) {
      loss = e;
      worker.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Afterwards nobody uses the session, and nobody interrupts the worker for its sake. */
  private void end() {
    over.countDown();
    boolean isInterrupted = Thread.interrupted();
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (loss == null && isInterrupted) {
      worker.interrupt();
    } else {
      boolean unused = Thread.interrupted();
    }
  }
}
