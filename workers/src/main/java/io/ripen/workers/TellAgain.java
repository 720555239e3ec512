package io.ripen.workers;

import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.CommandWrapper;
import io.camunda.client.jobhandling.DefaultCommandExceptionHandlingStrategy;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Zeebe once more what came of a job that it did not take: it was away, or pushed back. Told
 * once only, the job would stand until it times out. Ends when Zeebe takes it, or says that the job
 * is over.
 *
 * <p>Camunda's own strategy (8.9.0-rc3) looks for a {@code StatusRuntimeException}, but is handed a
 * {@code CompletionException} around it, and so never tries again.
 */
final class TellAgain implements CommandExceptionHandlingStrategy, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TellAgain.class);

  private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** It was told before, and only the answer was lost; or somebody else was faster. */
  private static final Set<Status.Code> OVER =
      Set.of(Status.Code.NOT_FOUND, Status.Code.FAILED_PRECONDITION);

  private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - A_MINUTE);
  private final BackoffSupplier backoff;
  private final ScheduledExecutorService later;

  TellAgain(BackoffSupplier backoff, ScheduledExecutorService later) {
    this.backoff = backoff;
    this.later = later;
  }

  @Override
  public void handleCommandError(CommandWrapper command, Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    Status.Code code = Status.fromThrowable(cause).getCode();
    if (DefaultCommandExceptionHandlingStrategy.RETRIABLE_CODES.contains(code)) {
      say(code);
      command.increaseBackoffUsing(backoff);
      command.scheduleExecutionUsing(later);
    } else if (!OVER.contains(code)) {
      LOG.error("Zeebe refuses what came of a job, which comes again when it times out", cause);
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }

  /** Once a minute at most. */
  private void say(Status.Code code) {
    long now = System.nanoTime();
    long before = saidAt.get();
    if (now - before >= A_MINUTE && saidAt.compareAndSet(before, now)) {
      LOG.warn("Zeebe does not take what comes of jobs, and is told again until it does: {}", code);
    }
  }
}
