package io.ripen.e2e;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.util.Map;

/** The broker, beside Ripen: does with tasks what Camunda Tasklist would. */
final class Zeebe implements AutoCloseable {

  private final CamundaClient client;

  Zeebe(LocalRipen ripen) {
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()))
            .restAddress(URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()))
            .preferRestOverGrpc(false)
            .build();
  }

  /** As Tasklist completes a task. */
  void complete(long task, Map<String, Object> variables) {
    client.newCompleteUserTaskCommand(task).variables(variables).send().join();
  }

  /** Tells a run of this lead something, ahead of all that Ripen has to tell it. */
  void publish(String signal, String leadId) {
    client.newPublishMessageCommand().messageName(signal).correlationKey(leadId).send().join();
  }

  @Override
  public void close() {
    client.close();
  }
}
