package io.ripen.engine.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries out the run that is under way, for as long as the engine lives; what an engine leaves
 * undone, this one or another goes on with. Of several engines one works at a time: the one whose
 * session holds the advisory lock, which PostgreSQL takes back from the dead.
 */
final class RecomputeRunner implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RecomputeRunner.class);

  /** Any number that nobody else of ours uses. */
  private static final long LOCK = 0x726970656e2d7363L;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final DataSource database;
  private final RecomputeScores scores;

  /** Given when there is something to do, or to stop. */
  private final Semaphore calls = new Semaphore(0);

  private volatile boolean isStopping;
  private boolean isTroubled;
  private volatile @Nullable Thread thread;

  RecomputeRunner(DataSource database, RecomputeScores scores) {
    this.database = database;
    this.scores = scores;
  }

  /** Begins a run, or joins the one that is under way. */
  Recompute begin() {
    Recompute run = scores.begin();
    calls.release();
    return run;
  }

  @Override
  public synchronized void start() {
    if (thread == null && !isStopping) {
      Thread runner = Thread.ofVirtual().name("recompute").unstarted(this::run);
      thread = runner;
      runner.start();
    }
  }

  /** Ends after the page that is under way. */
  @Override
  public synchronized void stop() {
    Thread running = thread;
    thread = null;
    isStopping = true;
    calls.release();
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
      while (!isStopping) {
        work();
        boolean unused = calls.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        calls.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    try {
      if (scores.isUnderWay()) {
        alone();
      }
      isTroubled = false;
    } catch (SQLException | RuntimeException e) {
      // The database is away, most likely: the run is there when it is back.
      if (!isTroubled) {
        isTroubled = true;
        LOG.warn("Scores cannot be recomputed now, and will be later: {}", e.getMessage());
      }
    }
  }

  private void alone() throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      if (ask(connection, "select pg_try_advisory_lock(?)")) {
        try {
          allPages();
        } finally {
          boolean unused = ask(connection, "select pg_advisory_unlock(?)");
        }
      }
    }
  }

  private void allPages() throws InterruptedException {
    LOG.info("Recomputing scores begins or goes on");
    boolean more = true;
    while (more && !isStopping) {
      more = page();
    }
    LOG.info("Recomputing scores {}", more ? "goes on with the next start" : "has ended");
  }

  /** Batches of events may change the same leads; whoever loses reads again. */
  private boolean page() throws InterruptedException {
    while (true) {
      try {
        return scores.nextPage();
      } catch (RuntimeException e) {
        switch (Failure.of(e)) {
          case RACE -> Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS));
          case SERVER -> throw e;
          case EVENT -> {
            LOG.error("Scores cannot be recomputed: {}", Failure.describe(e));
            scores.fail(Failure.describe(e));
            return false;
          }
        }
      }
    }
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, LOCK);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
