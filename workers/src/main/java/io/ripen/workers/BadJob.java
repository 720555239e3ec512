package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;

/** A job that its flow did not describe well; says where and what is wrong. */
final class BadJob extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  BadJob(ActivatedJob job, String problem) {
    super(problem);
    this.text =
        "%s in flow %s, version %d: %s. Mend it in the flow or the variable, then retry"
            .formatted(
                job.getElementId(),
                job.getBpmnProcessId(),
                job.getProcessDefinitionVersion(),
                problem);
  }

  @Override
  public String getMessage() {
    return text;
  }
}
