package io.ripen.workers;

import io.camunda.client.exception.JobError;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fails a job with one plain sentence, where the client would send the whole stack trace. */
final class JobFailure extends JobError {

  private static final long serialVersionUID = 1L;

  JobFailure(String problem, int retries, Duration backoff) {
    this(problem, null, retries, backoff);
  }

  /**
   * @param variables that the job finds when it comes back; nobody else sees them
   */
  JobFailure(
      String problem, @Nullable Map<String, Object> variables, int retries, Duration backoff) {
    super(problem, variables, Math.max(0, retries), left -> backoff, null);
  }

  /** A failure that somebody has to mend before it makes sense to try again. */
  static JobFailure incident(String problem) {
    return new JobFailure(problem, 0, Duration.ZERO);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /** What the client prints into the message, followed by the stack trace that there is not. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return getErrorMessage();
  }
}
