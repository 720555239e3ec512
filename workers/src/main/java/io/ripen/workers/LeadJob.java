package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What jobs that are about a lead have in common. */
final class LeadJob {

  private static final Duration OUT_OF_REACH = Duration.ofSeconds(15);
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private LeadJob() {}

  /** The work of one job. */
  @FunctionalInterface
  interface Work<R> {
    R run() throws Exception;
  }

  static UUID leadId(ActivatedJob job) throws BadJob {
    Object value = job.getVariablesAsMap().get("leadId");
    try {
      if (value != null) {
        return UUID.fromString(value.toString());
      }
    } catch (IllegalArgumentException e) {
      // The value itself is not told: whoever set it may have put an address there.
      throw new BadJob(job, "variable leadId is no UUID (expected: the lead's id)");
    }
    throw new BadJob(job, "variable leadId is missing (expected: the lead's id)");
  }

  /**
   * Runs the work at the worker's edge: what somebody has to mend becomes an incident, a server out
   * of reach costs no retry. Exceptions stay here, as their messages could hold personal data.
   */
  static <R> R run(ActivatedJob job, Logger log, Work<R> work) {
    try {
      return work.run();
    } catch (BadJob e) {
      throw JobFailure.incident(e.getMessage());
    } catch (DataAccessException | TransactionException e) {
      log.warn("Job {} waits for the database: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("the database is out of reach", job.getRetries(), OUT_OF_REACH);
    } catch (CompletionException e) {
      log.warn("Job {} waits for Kafka: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("Kafka is out of reach", job.getRetries(), OUT_OF_REACH);
    } catch (Exception e) {
      log.error("Job {} failed: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("a bug: " + Traces.of(e), job.getRetries() - 1, AFTER_BUG);
    }
  }
}
