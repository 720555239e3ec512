package io.ripen.e2e;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.util.Map;

/** The broker, beside Ripen: does with tasks what Camunda Tasklist would. */
final class Zeebe implements AutoCloseable {

  private final CamundaClient client;

  Zeebe(LocalRipen ripen) {
    this(
        URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()),
        URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()));
  }

  /**
   * @param servers where they are, by the names of settings
   */
  Zeebe(Map<String, String> servers) {
    this(
        URI.create(servers.get("camunda.client.grpc-address")),
        URI.create(servers.get("camunda.client.rest-address")));
  }

  private Zeebe(URI grpc, URI rest) {
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(grpc)
            .restAddress(rest)
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

  /** Starts a run of a flow in the midst of it. */
  void startBefore(String flow, String element, Map<String, Object> variables) {
    client
        .newCreateInstanceCommand()
        .bpmnProcessId(flow)
        .latestVersion()
        .variables(variables)
        .startBeforeElement(element)
        .send()
        .join();
  }

  @Override
  public void close() {
    client.close();
  }
}
