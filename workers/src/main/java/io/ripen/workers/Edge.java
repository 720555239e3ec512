package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.UnknownLead;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The edge between jobs and use cases. Exceptions end here: their messages could tell the broker
 * what people are called.
 */
final class Edge {

  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration OUT_OF_REACH = Duration.ofSeconds(15);
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private Edge() {}

  /** What a job asks for. */
  @FunctionalInterface
  interface Work<T> {
    T run(JobReader job) throws BadJob, InvalidFeel, UnknownLead;
  }

  /**
   * Does what the job asks for.
   *
   * @throws JobFailure when somebody has to mend the flow, the database is away, or there is a bug
   */
  static <T> T run(ActivatedJob job, Work<T> work) {
    try {
      return work.run(new JobReader(job));
    } catch (BadJob e) {
      throw JobFailure.incident(e.getMessage());
    } catch (InvalidFeel | UnknownLead e) {
      throw JobFailure.incident(new BadJob(job, String.valueOf(e.getMessage())).getMessage());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Job {} waits for the database: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("the database is out of reach", job.getRetries(), OUT_OF_REACH);
    } catch (CompletionException e) {
      LOG.warn("Job {} waits for Kafka: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("Kafka is out of reach", job.getRetries(), OUT_OF_REACH);
    } catch (JobFailure e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Job {} failed: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("a bug: " + Traces.of(e), job.getRetries() - 1, AFTER_BUG);
    }
  }
}
