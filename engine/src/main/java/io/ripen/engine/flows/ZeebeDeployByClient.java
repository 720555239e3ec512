package io.ripen.engine.flows;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.camunda.client.api.response.DeploymentEvent;
import io.grpc.Status;
import io.ripen.engine.flows.DeployResult.DeployedFlow;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Deploys with Camunda's client. */
final class ZeebeDeployByClient implements ZeebeDeploy {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Set<Status.Code> REFUSALS =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.FAILED_PRECONDITION);

  private final CamundaClient client;

  ZeebeDeployByClient(CamundaClient client) {
    this.client = client;
  }

  @Override
  public DeployResult deploy(Map<String, byte[]> resources) {
    try {
      DeploymentEvent deployed = command(resources).requestTimeout(TIMEOUT).send().join();
      return new DeployResult.Deployed(
          deployed.getProcesses().stream()
              .map(
                  process ->
                      new DeployedFlow(
                          process.getBpmnProcessId(),
                          process.getVersion(),
                          process.getProcessDefinitionKey(),
                          process.getResourceName()))
              .toList(),
          java.util.List.of());
    } catch (ClientStatusException e) {
      return refused(e.getStatusCode(), e);
    } catch (ClientHttpException e) {
      return e.code() >= 400 && e.code() < 500
          ? new DeployResult.Rejected(message(e))
          : new DeployResult.Unavailable(message(e));
    } catch (ClientException e) {
      return new DeployResult.Unavailable(message(e));
    }
  }

  private DeployResourceCommandStep2 command(Map<String, byte[]> resources) {
    Iterator<Map.Entry<String, byte[]>> files = resources.entrySet().iterator();
    DeployResourceCommandStep1 start = client.newDeployResourceCommand();
    Map.Entry<String, byte[]> first = files.next();
    DeployResourceCommandStep2 command = start.addResourceBytes(first.getValue(), first.getKey());
    while (files.hasNext()) {
      Map.Entry<String, byte[]> file = files.next();
      command = command.addResourceBytes(file.getValue(), file.getKey());
    }
    return command;
  }

  private static DeployResult refused(Status.Code code, ClientStatusException e) {
    return REFUSALS.contains(code)
        ? new DeployResult.Rejected(message(e))
        : new DeployResult.Unavailable(message(e));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
