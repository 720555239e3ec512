package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.steps.CallWebhook.Tries;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** Remembers tries in a variable of the step: a step that a loop comes to again begins anew. */
final class WebhookTries {

  static final String VARIABLE = "webhookTries";

  private static final String FAILED = "failed";
  private static final String SINCE = "since";

  private WebhookTries() {}

  /** Those of the job's step; none where nothing, or something else, is written there. */
  static Tries read(ActivatedJob job) {
    if (job.getVariablesAsMap().get(VARIABLE) instanceof Map<?, ?> written
        && written.get(FAILED) instanceof Number failed
        && written.get(SINCE) instanceof String since) {
      try {
        return new Tries(failed.intValue(), Instant.parse(since));
      } catch (DateTimeException e) {
        // Not by us.
      }
    }
    return Tries.NONE;
  }

  static Map<String, Object> written(Tries tries) {
    return Map.of(VARIABLE, Map.of(FAILED, tries.failed(), SINCE, String.valueOf(tries.since())));
  }
}
