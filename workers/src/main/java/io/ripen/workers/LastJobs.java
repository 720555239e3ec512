package io.ripen.workers;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the jobs in hand come to their end before this process does. Camunda's client would
 * interrupt them, and then nobody knows what became of the messages that they send.
 *
 * <p>It waits in {@link #stop()} itself: Spring's limit for a phase holds only for those who return
 * from it first.
 */
final class LastJobs implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LastJobs.class);

  /** The ledger knows what was sent; a broker that is away is no reason to wait for long. */
  private static final Duration TELL_WITHIN = Duration.ofSeconds(10);

  private final JobsInHand jobs;
  private final ExecutorService threads;
  private final Duration within;
  private volatile boolean isRunning;

  LastJobs(JobsInHand jobs, ExecutorService threads, Duration within) {
    this.jobs = jobs;
    this.threads = threads;
    this.within = within;
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    try {
      JobsInHand.Left left = jobs.finish(within, TELL_WITHIN);
      if (left.jobs() > 0) {
        LOG.warn(
            "{} jobs were not done within {}, and are cut off; whether their messages went out may"
                + " stay unknown (ripen.workers.end-within)",
            left.jobs(),
            within);
      } else if (left.tellings() > 0) {
        LOG.warn(
            "Zeebe did not take what came of {} jobs, and hands them out again; nothing is sent"
                + " twice for that",
            left.tellings());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Also those who wait for a backup to be made: they have not begun.
    threads.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  /** Right after Camunda's workers, which take no more jobs then. All that jobs use is there. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
