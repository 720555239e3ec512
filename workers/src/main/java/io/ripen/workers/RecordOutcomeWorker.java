package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.Disqualification;
import io.ripen.engine.sales.InvalidVerdict;
import io.ripen.engine.sales.RecordOutcome;
import io.ripen.engine.sales.Verdict;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code record-outcome}: keeps what a salesperson chose in the form, be it in our
 * inbox or in Tasklist. The variable {@code outcomeReason} says in words why a lead is none.
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
  public Map<String, String> handle(ActivatedJob job) {
    return Edge.run(job, reader -> record(job, reader));
  }

  private Map<String, String> record(ActivatedJob job, JobReader reader) throws BadJob {
    try {
      Verdict verdict = Verdict.of(job.getVariablesAsMap());
      outcomes.record(
          job.getProcessInstanceKey(),
          job.getElementInstanceKey(),
          reader.subject().leadId(),
          verdict,
          reader.acceptedBy());
      return Optional.ofNullable(verdict.reason())
          .flatMap(Disqualification::named)
          .map(reason -> Map.of("outcomeReason", reason.label()))
          .orElse(Map.of());
    } catch (InvalidVerdict e) {
      throw new BadJob(job, String.valueOf(e.getMessage()));
    }
  }
}
