package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.steps.Split;
import java.util.Map;
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

  @JobWorker(
      type = "split",
      fetchVariables = {JobReader.LEAD})
  public Map<String, String> handle(ActivatedJob job) {
    return Edge.run(
        job,
        reader -> {
          Split split = reader.split();
          return Map.of(
              reader.header("result").orElse("variant"),
              split.variant(reader.subject().leadId(), job.getBpmnProcessId(), job.getElementId()));
        });
  }
}
