package io.ripen.engine.leads;

import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries out the run that is under way, for as long as the engine lives; what an engine leaves
 * undone, this one or another goes on with. Of several engines one works at a time.
 */
final class RecomputeRunner implements SmartLifecycle {

  static final String WORK = "score recompute";

  private static final Logger LOG = LoggerFactory.getLogger(RecomputeRunner.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final RecomputeScores scores;
  private final OneAtATime alone;
  private final Loop loop;

  RecomputeRunner(DataSource database, RecomputeScores scores) {
    this.scores = scores;
    this.alone = new OneAtATime(database, WORK);
    this.loop = new Loop(WORK, LOOK_EVERY, this::work);
  }

  /** Begins a run, or joins the one that is under way. */
  Recompute begin() {
    Recompute run = scores.begin();
    loop.wake();
    return run;
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Ends after the page that is under way. */
  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  private boolean work() throws SQLException, InterruptedException {
    return scores.isUnderWay() && alone.run(this::allPages);
  }

  private boolean allPages() throws InterruptedException {
    LOG.info("Recomputing scores begins or goes on");
    boolean more = true;
    while (more && !loop.isStopping()) {
      more = page();
    }
    LOG.info("Recomputing scores {}", more ? "goes on with the next start" : "has ended");
    return false;
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
}
