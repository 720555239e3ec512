package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.touches.SendTouch;
import io.ripen.engine.touches.Touch;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A worker for each channel that flows send by. Each holds so many jobs of its own, so that a
 * provider that is slow to answer holds up no other channel.
 *
 * <p>The ledger, not Zeebe, counts attempts and gives up, so a job that has to wait keeps its
 * retries; one that somebody has to mend becomes an incident. A job may time out while its message
 * is on the way: whoever gets it next is told by the ledger to wait, or that it is done. The broker
 * may lose our answer for the same reason.
 *
 * <p>Public, as Camunda's starter calls the methods by plain reflection.
 */
@Component
@Profile("workers")
public final class SendWorkers {

  private static final long TIMEOUT = 300_000;

  private final SendTouch sendTouch;

  SendWorkers(SendTouch sendTouch) {
    this.sendTouch = sendTouch;
  }

  @JobWorker(
      type = "send-email",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void email(ActivatedJob job) {
    send(job, Medium.EMAIL.lower());
  }

  @JobWorker(
      type = "send-sms",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void sms(ActivatedJob job) {
    send(job, Medium.SMS.lower());
  }

  @JobWorker(
      type = "send-messenger",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void messenger(ActivatedJob job) {
    send(job, Medium.MESSENGER.lower());
  }

  @JobWorker(
      type = "send-chat",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void chat(ActivatedJob job) {
    send(job, Medium.CHAT.lower());
  }

  @JobWorker(
      type = "send-popup",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void popup(ActivatedJob job) {
    send(job, Medium.POPUP.lower());
  }

  @JobWorker(
      type = "send-push",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void push(ActivatedJob job) {
    send(job, Medium.PUSH.lower());
  }

  @JobWorker(
      type = "send-best",
      timeout = TIMEOUT,
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void best(ActivatedJob job) {
    send(job, Touch.BEST);
  }

  private void send(ActivatedJob job, String channel) {
    TouchAnswer.give(job, Edge.run(job, reader -> sendTouch.send(reader.touch(channel))));
  }
}
