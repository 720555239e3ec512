package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.touches.SendTouch;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code send-message}. A touch by the channel in the header {@code channel}; all else
 * is as with e-mail.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class SendMessageWorker {

  private static final long TIMEOUT = 300_000;

  private final SendTouch sendTouch;

  SendMessageWorker(SendTouch sendTouch) {
    this.sendTouch = sendTouch;
  }

  @JobWorker(
      type = "send-message",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void handle(ActivatedJob job) {
    TouchAnswer.give(job, Edge.run(job, reader -> sendTouch.send(reader.touch(reader.channel()))));
  }
}
