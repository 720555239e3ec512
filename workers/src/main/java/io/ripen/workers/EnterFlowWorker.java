package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import io.ripen.engine.steps.EnterFlow;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code enter-flow}. Who may not enter is told by the BPMN error {@code
 * entry.refused}.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class EnterFlowWorker {

  private final EnterFlow enterFlow;

  EnterFlowWorker(EnterFlow enterFlow) {
    this.enterFlow = enterFlow;
  }

  @JobWorker(
      type = "enter-flow",
      fetchVariables = {JobReader.LEAD, JobReader.CART, JobReader.ORDER, JobReader.EVENT})
  public void handle(ActivatedJob job) {
    EnterFlow.Outcome outcome =
        Edge.run(
            job,
            reader ->
                enterFlow.enter(
                    job.getBpmnProcessId(),
                    job.getProcessInstanceKey(),
                    reader.subject(),
                    new EnterFlow.Rule(
                        reader.header("onlyIf").orElse(null),
                        reader.pause("again").orElse(null),
                        reader.times("atMost").orElse(null))));
    if (outcome instanceof EnterFlow.Outcome.Refused refused) {
      throw CamundaError.bpmnError(
          "entry.refused", refused.reason(), Map.of("entryRefused", refused.code()));
    }
  }
}
