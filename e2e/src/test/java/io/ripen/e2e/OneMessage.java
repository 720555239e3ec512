package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Flows of one step, which a test makes: each sends one short message by one channel. The messages
 * lie in the folder of flows of this Ripen.
 */
final class OneMessage implements AutoCloseable {

  private final LocalRipen ripen;
  private final Instances instances;
  private final CamundaClient zeebe;

  OneMessage(LocalRipen ripen) {
    this.ripen = ripen;
    this.instances = new Instances(ripen);
    this.zeebe =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()))
            .restAddress(URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()))
            .preferRestOverGrpc(false)
            .build();
  }

  /** Makes such a flow. Its message may be in English only. */
  void make(String flow, String channel, String purpose, String message) {
    try {
      Path folder = Files.createDirectories(ripen.flows().resolve(flow).resolve("messages"));
      Files.writeString(folder.resolve("words.en.short.txt"), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    zeebe
        .newDeployResourceCommand()
        .addResourceBytes(
            drawing(flow, channel, purpose).getBytes(StandardCharsets.UTF_8), flow + ".bpmn")
        .send()
        .join();
    soon(flow + " is known")
        .until(
            () ->
                Http.json(ripen.http().get("/api/versions/" + flow)).path(0).path("version").asInt()
                    == 1);
  }

  /** Lets a lead have it. */
  Instances.Instance begin(String flow, String lead) {
    return instances.begunBy(
        flow,
        () ->
            zeebe
                .newCreateInstanceCommand()
                .bpmnProcessId(flow)
                .latestVersion()
                .variables(Map.of("leadId", lead))
                .send()
                .join());
  }

  /** Lets a lead have it, and waits until the channel has taken it. */
  void send(String flow, String lead) {
    begin(flow, lead).awaitEnd("sent");
  }

  private static String drawing(String flow, String channel, String purpose) {
    return """
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
      <bpmn:process id="%s" isExecutable="true">
        <bpmn:startEvent id="start" />
        <bpmn:sequenceFlow id="begins" sourceRef="start" targetRef="send" />
        <bpmn:serviceTask id="send">
          <bpmn:extensionElements>
            <zeebe:taskDefinition type="send-%s" retries="10" />
            <zeebe:taskHeaders>
              <zeebe:header key="message" value="words" />
              <zeebe:header key="purpose" value="%s" />
            </zeebe:taskHeaders>
          </bpmn:extensionElements>
        </bpmn:serviceTask>
        <bpmn:boundaryEvent id="catches" attachedToRef="send">
          <bpmn:outgoing>notTaken</bpmn:outgoing>
          <bpmn:errorEventDefinition id="any" />
        </bpmn:boundaryEvent>
        <bpmn:sequenceFlow id="taken" sourceRef="send" targetRef="sent" />
        <bpmn:sequenceFlow id="notTaken" sourceRef="catches" targetRef="notSent" />
        <bpmn:endEvent id="sent" />
        <bpmn:endEvent id="notSent" />
      </bpmn:process>
    </bpmn:definitions>
    """
        .formatted(flow, channel, purpose);
  }

  @Override
  public void close() {
    zeebe.close();
    instances.close();
  }
}
