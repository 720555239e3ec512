package io.ripen.e2e;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobWorker;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The broker, beside Ripen: does the steps that change a stage, so that a flow goes on though the
 * stage stays, and does with tasks what Camunda Tasklist would.
 */
final class Zeebe implements AutoCloseable {

  private final CamundaClient client;
  private final JobWorker stages;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  Zeebe(Ripen ripen) {
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()))
            .restAddress(URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()))
            .preferRestOverGrpc(false)
            .build();
    stages = client.newWorker().jobType("change-stage").handler(this::changeStage).open();
  }

  /** From now on the lead cannot come to this stage. */
  void refuse(String leadId, String stage) {
    refused.add(leadId + stage);
  }

  /** As Tasklist completes a task. */
  void complete(long task, Map<String, Object> variables) {
    client.newCompleteUserTaskCommand(task).variables(variables).send().join();
  }

  private void changeStage(JobClient jobs, ActivatedJob job) {
    Object lead = job.getVariablesAsMap().get("leadId");
    if (refused.contains(lead + job.getCustomHeaders().get("to"))) {
      jobs.newThrowErrorCommand(job).errorCode("stage.refused").send().join();
    } else {
      jobs.newCompleteCommand(job).variables(Map.of("stageChanged", true)).send().join();
    }
  }

  @Override
  public void close() {
    stages.close();
    client.close();
  }
}
