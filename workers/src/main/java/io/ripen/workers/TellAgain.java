package io.ripen.workers;

import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.CommandWrapper;
import io.camunda.client.jobhandling.DefaultCommandExceptionHandlingStrategy;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Zeebe once more what came of a job that it did not take: it was away, or pushed back. Told
 * once only, the job would stand until it times out. Ends when Zeebe takes it, or has given the job
 * to somebody else meanwhile.
 *
 * <p>Camunda's own strategy (8.9.0-rc3) looks for a {@code StatusRuntimeException}, but is handed a
 * {@code CompletionException} around it, and so never tries again.
 */
final class TellAgain implements CommandExceptionHandlingStrategy {

  private static final Logger LOG = LoggerFactory.getLogger(TellAgain.class);

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
      LOG.debug("Zeebe did not take what came of a job, and is told again: {}", code);
      command.increaseBackoffUsing(backoff);
      command.scheduleExecutionUsing(later);
    } else if (code != Status.Code.NOT_FOUND) {
      LOG.error("Zeebe refuses what came of a job, which comes again when it times out", cause);
    }
  }
}
