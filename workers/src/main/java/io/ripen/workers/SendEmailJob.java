package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.touches.Touch;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a job of type {@code send-email} asks for. */
final class SendEmailJob {

  private static final Set<String> PURPOSES = Set.of("marketing", "transactional");

  private SendEmailJob() {}

  static Touch touch(ActivatedJob job) throws BadJob {
    Map<String, Object> variables = job.getVariablesAsMap();
    UUID leadId = id(job, "leadId", variables.get("leadId"));
    if (leadId == null) {
      throw new BadJob(job, "variable leadId is missing (expected: the lead's id)");
    }
    String message = job.getCustomHeaders().get("message");
    if (message == null || message.isBlank()) {
      throw new BadJob(
          job,
          "header \"message\" is missing (expected: the name of a message in the flow's folder)");
    }
    String purpose = job.getCustomHeaders().getOrDefault("purpose", "");
    if (!PURPOSES.contains(purpose)) {
      throw new BadJob(
          job,
          "header \"purpose\" is \"%s\" (expected: marketing or transactional)".formatted(purpose));
    }
    return new Touch(
        job.getElementInstanceKey(),
        leadId,
        id(job, "cartId", variables.get("cartId")),
        purpose,
        message.strip(),
        job.getCustomHeaders().get("onlyIf"),
        new Touch.Place(
            job.getBpmnProcessId(),
            job.getProcessDefinitionVersion(),
            job.getElementId(),
            job.getProcessInstanceKey()));
  }

  private static @Nullable UUID id(ActivatedJob job, String name, @Nullable Object value)
      throws BadJob {
    if (value == null) {
      return null;
    }
    try {
      return UUID.fromString(value.toString());
    } catch (IllegalArgumentException e) {
      // The value itself is not told: whoever set it may have put an address there.
      throw new BadJob(job, "variable " + name + " is no UUID (expected: an id of Ripen's)");
    }
  }
}
