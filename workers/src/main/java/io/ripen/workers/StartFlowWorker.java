package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.steps.FlowNotStarted;
import io.ripen.engine.steps.StartFlow;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code start-flow}. Starts the {@code flow} for the lead, once.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class StartFlowWorker {

  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  private final StartFlow startFlow;

  StartFlowWorker(StartFlow startFlow) {
    this.startFlow = startFlow;
  }

  @JobWorker(
      type = "start-flow",
      fetchVariables = {JobReader.LEAD})
  public void handle(ActivatedJob job) {
    Edge.run(job, reader -> start(job, reader));
  }

  private StartFlow.Outcome start(ActivatedJob job, JobReader reader) throws BadJob {
    String flow = reader.required("flow", "the id of a flow, such as nurturing");
    try {
      return startFlow.start(
          "step " + job.getElementInstanceKey(), reader.subject().leadId(), flow);
    } catch (FlowNotStarted e) {
      throw new BadJob(job, "header \"flow\": " + e.getMessage());
    } catch (ClientException e) {
      throw new JobFailure(
          "Zeebe does not start flow " + flow + ": " + Traces.of(e),
          StartFlow.isPushBack(e) ? job.getRetries() : job.getRetries() - 1,
          AFTER_REFUSAL);
    }
  }
}
