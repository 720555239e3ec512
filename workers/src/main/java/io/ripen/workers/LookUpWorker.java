package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.steps.LookUp;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code look-up}. The value of the FEEL {@code expression} on the facts goes into the
 * variable {@code result}.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class LookUpWorker {

  private final LookUp lookUp;

  LookUpWorker(LookUp lookUp) {
    this.lookUp = lookUp;
  }

  @JobWorker(
      type = "look-up",
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public Map<String, @Nullable Object> handle(ActivatedJob job) {
    return Edge.run(
        job,
        reader -> {
          String expression = reader.required("expression", "FEEL, such as lead.visits > 3");
          Map<String, @Nullable Object> variables = new HashMap<>();
          variables.put(
              reader.header("result").orElse("holds"),
              lookUp.value(reader.subject(), expression).orElse(null));
          return variables;
        });
  }
}
