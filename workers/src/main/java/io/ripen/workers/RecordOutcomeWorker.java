package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.InvalidVerdict;
import io.ripen.engine.sales.RecordOutcome;
import io.ripen.engine.sales.Verdict;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code record-outcome}: keeps what a salesperson chose in the form, be it in our
 * inbox or in Tasklist.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class RecordOutcomeWorker {

  private final RecordOutcome outcomes;

  RecordOutcomeWorker(RecordOutcome outcomes) {
    this.outcomes = outcomes;
  }

  @JobWorker(
      type = "record-outcome",
      fetchVariables = {
        "leadId",
        "outcome",
        "reason",
        "budget",
        "authority",
        "need",
        "timing",
        JobReader.ACCEPTED_BY
      })
  public void handle(ActivatedJob job) {
    Edge.run(job, reader -> record(job, reader));
  }

  private boolean record(ActivatedJob job, JobReader reader) throws BadJob {
    try {
      outcomes.record(
          job.getProcessInstanceKey(),
          job.getElementInstanceKey(),
          reader.subject().leadId(),
          Verdict.of(job.getVariablesAsMap()),
          reader.acceptedBy());
      return true;
    } catch (InvalidVerdict e) {
      throw new BadJob(job, String.valueOf(e.getMessage()));
    }
  }
}
