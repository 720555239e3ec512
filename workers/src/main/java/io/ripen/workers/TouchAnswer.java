package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import io.ripen.engine.touches.TouchOutcome;
import java.util.Map;

/** What the flow is told of a touch. */
final class TouchAnswer {

  private TouchAnswer() {}

  /** Returns when the job is to be completed; all else is thrown. */
  static void give(ActivatedJob job, TouchOutcome outcome) {
    switch (outcome) {
      case TouchOutcome.Done done -> {}
      case TouchOutcome.Denied denied ->
          throw CamundaError.bpmnError(
              "touch.denied", denied.reason(), Map.of("touchDenied", denied.code()));
      case TouchOutcome.Rejected rejected ->
          throw CamundaError.bpmnError("touch.rejected", rejected.reason());
      case TouchOutcome.TryLater later ->
          throw new JobFailure(later.cause(), job.getRetries(), later.delay());
      case TouchOutcome.Broken broken -> throw JobFailure.incident(broken.problem());
    }
  }
}
