package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.UnknownLead;
import io.ripen.engine.steps.CallWebhook;
import io.ripen.engine.steps.LookUp;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code call-webhook}. Tells the system at {@code url} of the lead; what it refuses
 * for good, or could not be told while it was of use, is the BPMN error {@code webhook.refused}.
 * Until then the job comes back again and again, and uses up no retries; a variable of the step
 * alone remembers the tries.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class CallWebhookWorker {

  private static final long TIMEOUT = 300_000;

  private final CallWebhook webhook;
  private final LookUp lookUp;

  CallWebhookWorker(CallWebhook webhook, LookUp lookUp) {
    this.webhook = webhook;
    this.lookUp = lookUp;
  }

  @JobWorker(
      type = "call-webhook",
      timeout = TIMEOUT,
      fetchVariables = {
        JobReader.LEAD,
        JobReader.CART,
        JobReader.ORDER,
        JobReader.EVENT,
        WebhookTries.VARIABLE
      })
  public void handle(ActivatedJob job) {
    switch (Edge.run(job, reader -> call(job, reader))) {
      case CallWebhook.Outcome.Taken taken -> {}
      case CallWebhook.Outcome.Refused refused ->
          throw CamundaError.bpmnError("webhook.refused", refused.reason());
      case CallWebhook.Outcome.TryLater later ->
          throw new JobFailure(
              later.cause(), WebhookTries.written(later.tries()), job.getRetries(), later.after());
    }
  }

  private CallWebhook.Outcome call(ActivatedJob job, JobReader reader)
      throws BadJob, InvalidFeel, UnknownLead {
    Optional<String> onlyIf = reader.header("onlyIf");
    if (onlyIf.isPresent()
        && !lookUp.value(reader.subject(), onlyIf.get()).equals(Optional.of(true))) {
      return new CallWebhook.Outcome.Taken();
    }
    return webhook.call(
        new CallWebhook.Call(
            reader.url("url"),
            reader.decisionId(),
            reader.subject(),
            job.getBpmnProcessId(),
            job.getElementId(),
            reader.useBy()),
        WebhookTries.read(job));
  }
}
