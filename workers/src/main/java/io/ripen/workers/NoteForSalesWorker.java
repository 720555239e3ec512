package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.Handoffs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code note-for-sales}: puts the header {@code note} into the inbox, with the lead.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class NoteForSalesWorker {

  private static final Logger LOG = LoggerFactory.getLogger(NoteForSalesWorker.class);

  private final Handoffs handoffs;

  NoteForSalesWorker(Handoffs handoffs) {
    this.handoffs = handoffs;
  }

  @JobWorker(type = "note-for-sales", fetchVariables = "leadId")
  public void handle(ActivatedJob job) {
    var unused = LeadJob.run(job, LOG, () -> note(job));
  }

  private boolean note(ActivatedJob job) throws BadJob {
    String note = job.getCustomHeaders().getOrDefault("note", "").strip();
    if (note.isEmpty()) {
      throw new BadJob(job, "header \"note\" is missing (expected: what the inbox shall say)");
    }
    handoffs.note(
        job.getElementInstanceKey(), job.getProcessInstanceKey(), LeadJob.leadId(job), note);
    return true;
  }
}
