package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.leads.UnknownLead;
import io.ripen.engine.splits.AssignVariant;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code split}. The lead's variant of {@code variants} goes into the variable {@code
 * result}.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class SplitWorker {

  private final AssignVariant assignVariant;

  SplitWorker(AssignVariant assignVariant) {
    this.assignVariant = assignVariant;
  }

  @JobWorker(
      type = "split",
      fetchVariables = {JobReader.LEAD})
  public Map<String, String> handle(ActivatedJob job) {
    return Edge.run(
        job,
        reader -> {
          UUID lead = reader.subject().leadId();
          return Map.of(
              reader.header("result").orElse("variant"),
              assignVariant
                  .assign(reader.split(), lead, reader.experiment())
                  .orElseThrow(() -> new UnknownLead(lead)));
        });
  }
}
