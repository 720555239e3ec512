package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.touches.SendTouch;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

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

  private static final long TIMEOUT = 300_000;

  private final SendTouch sendTouch;

  SendEmailWorker(SendTouch sendTouch) {
    this.sendTouch = sendTouch;
  }

  @JobWorker(
      type = "send-email",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void handle(ActivatedJob job) {
    TouchAnswer.give(
        job, Edge.run(job, reader -> sendTouch.send(reader.touch(Medium.EMAIL.lower()))));
  }
}
