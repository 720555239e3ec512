package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.InvalidVerdict;
import io.ripen.engine.sales.RecordOutcome;
import io.ripen.engine.sales.Verdict;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        "acceptedBy"
      })
  public void handle(ActivatedJob job) {
    Edge.run(job, reader -> record(job, reader.subject().leadId()));
  }

  private boolean record(ActivatedJob job, UUID leadId) throws BadJob {
    Map<String, Object> variables = job.getVariablesAsMap();
    try {
      outcomes.record(
          job.getProcessInstanceKey(),
          job.getElementInstanceKey(),
          leadId,
          Verdict.of(variables),
          name(variables.get("acceptedBy")));
      return true;
    } catch (InvalidVerdict e) {
      throw new BadJob(job, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String name(@Nullable Object name) {
    return name == null || name.toString().isBlank() ? null : name.toString().strip();
  }
}
