package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.sales.Choice;
import io.ripen.engine.sales.ChooseSalesperson;
import io.ripen.engine.sales.NoRoute;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code choose-salesperson}: who gets the lead, and how long they have.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class ChooseSalespersonWorker {

  private final ChooseSalesperson choose;

  ChooseSalespersonWorker(ChooseSalesperson choose) {
    this.choose = choose;
  }

  /**
   * Sets {@code team}, {@code teamLeads}, {@code salesperson} (or null), {@code within} and {@code
   * remindAfter}, which is half of it.
   */
  @JobWorker(type = "choose-salesperson", fetchVariables = JobReader.LEAD)
  public Map<String, @Nullable Object> handle(ActivatedJob job) {
    Choice choice =
        Edge.run(
            job,
            reader -> {
              try {
                return choose.choose(job.getProcessInstanceKey(), reader.subject().leadId());
              } catch (NoRoute e) {
                throw new BadJob(job, String.valueOf(e.getMessage()));
              }
            });
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("team", choice.team());
    variables.put("teamLeads", choice.teamLeads());
    variables.put("salesperson", choice.salesperson());
    variables.put("within", choice.within().toString());
    variables.put("remindAfter", choice.within().dividedBy(2).toString());
    return variables;
  }
}
