package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.leads.Decisions;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code add-points}. Gives or takes {@code points} for a {@code reason}.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class AddPointsWorker {

  private final Decisions decisions;

  AddPointsWorker(Decisions decisions) {
    this.decisions = decisions;
  }

  @JobWorker(
      type = "add-points",
      fetchVariables = {JobReader.LEAD})
  public void handle(ActivatedJob job) {
    Edge.run(
            job,
            reader ->
                decisions.addPoints(
                    reader.decisionId(),
                    reader.subject().leadId(),
                    reader.points("points").orElse(0),
                    reader.required("reason", "what the points are for"),
                    reader.place()))
        .ifPresent(
            problem -> {
              throw JobFailure.incident(problem);
            });
  }
}
