package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.Handoffs;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code note-for-sales}: puts the header {@code note} into the inbox, with the lead,
 * and tells whom the header {@code tell} names of it by e-mail.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class NoteForSalesWorker {

  private final Handoffs handoffs;

  NoteForSalesWorker(Handoffs handoffs) {
    this.handoffs = handoffs;
  }

  @JobWorker(type = "note-for-sales", fetchVariables = JobReader.LEAD)
  public void handle(ActivatedJob job) {
    Edge.run(
        job,
        reader -> {
          handoffs.note(
              job.getElementInstanceKey(),
              job.getProcessInstanceKey(),
              reader.subject().leadId(),
              reader.required("note", "what the inbox shall say"),
              reader.tell());
          return true;
        });
  }
}
