package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import io.ripen.engine.touches.SendTouch;
import io.ripen.engine.touches.TouchOutcome;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Jobs of type {@code send-email}. The ledger, not Zeebe, counts attempts and gives up, so a job
 * that has to wait keeps its retries; one that somebody has to mend becomes an incident.
 *
 * <p>A job may time out while its e-mail is on the way: whoever gets it next is told by the ledger
 * to wait, or that it is done. The broker may lose our answer for the same reason.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class SendEmailWorker {

  private static final Logger LOG = LoggerFactory.getLogger(SendEmailWorker.class);
  private static final long TIMEOUT = 300_000;
  private static final Duration OUT_OF_REACH = Duration.ofSeconds(15);
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private final SendTouch sendTouch;

  SendEmailWorker(SendTouch sendTouch) {
    this.sendTouch = sendTouch;
  }

  @JobWorker(
      type = "send-email",
      timeout = TIMEOUT,
      fetchVariables = {"leadId", "cartId"})
  public void handle(ActivatedJob job) {
    switch (outcome(job)) {
      case TouchOutcome.Done done -> {}
      case TouchOutcome.Denied denied ->
          throw CamundaError.bpmnError(
              "touch.denied", denied.reason(), Map.of("touchDenied", denied.code()));
      case TouchOutcome.Rejected rejected ->
          throw CamundaError.bpmnError("touch.rejected", rejected.reason());
      case TouchOutcome.TryLater later ->
          throw new JobFailure(later.cause(), job.getRetries(), later.delay());
      case TouchOutcome.Broken broken -> throw JobFailure.incident(broken.problem());
    }
  }

  /** Exceptions stay here: their messages could tell the broker what people are called. */
  private TouchOutcome outcome(ActivatedJob job) {
    try {
      return sendTouch.send(SendEmailJob.touch(job));
    } catch (BadJob e) {
      throw JobFailure.incident(e.getMessage());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Job {} waits for the database: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("the database is out of reach", job.getRetries(), OUT_OF_REACH);
    } catch (RuntimeException e) {
      LOG.error("Job {} failed: {}", job.getKey(), Traces.of(e));
      throw new JobFailure("a bug: " + Traces.of(e), job.getRetries() - 1, AFTER_BUG);
    }
  }
}
