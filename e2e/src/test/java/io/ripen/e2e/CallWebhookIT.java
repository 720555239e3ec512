package io.ripen.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Patience.soonByAndBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The step "Call webhook" on the real broker. The receiver knows calls by the library of the
 * Standard Webhooks, which is not ours, and by the secret that the command prints.
 */
@ExtendWith(RipenExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallWebhookIT {

  /** More than the longest pause between two tries. */
  private static final Duration PAUSE = Duration.ofMinutes(75);

  /** More than the retries that the step has. */
  private static final int TRIES = 12;

  private final LocalRipen ripen;
  private final Instances instances;
  private final CamundaClient zeebe;
  private final WireMockServer receiver = new WireMockServer(options().dynamicPort());

  CallWebhookIT(LocalRipen ripen) {
    this.ripen = ripen;
    this.instances = new Instances(ripen);
    this.zeebe =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()))
            .restAddress(URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()))
            .preferRestOverGrpc(false)
            .build();
    receiver.start();
  }

  @AfterAll
  void stop() {
    zeebe.close();
    instances.close();
    receiver.stop();
  }

  @Test
  void a_receiver_knows_by_the_printed_secret_that_it_is_us() throws Exception {
    answers("/taken", aResponse().withStatus(204));
    UUID lead = UUID.randomUUID();
    begin("tells", "/taken", lead).awaitEnd("told");

    LoggedRequest request = requests("/taken").getFirst();
    Webhook known = new Webhook(printedSecret());
    known.verify(request.getBodyAsString(), headers(request));
    JsonNode told = JsonMapper.shared().readTree(request.getBodyAsString());
    assertThat(told.path("type").asString()).isEqualTo("step.reached");
    assertThat(told.path("data").path("leadId").asString()).isEqualTo(lead.toString());
    assertThat(told.path("data").path("flow").asString()).isEqualTo("tells");
    assertThat(told.path("data").path("element").asString()).isEqualTo("tell");

    Map<String, List<String>> replayed = new HashMap<>(headers(request));
    long sent = Long.parseLong(replayed.get("webhook-timestamp").getFirst());
    replayed.put("webhook-timestamp", List.of(Long.toString(sent + 1)));
    assertThatThrownBy(() -> known.verify(request.getBodyAsString(), replayed))
        .as("the time is signed, too")
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("signature");
    replayed.put("webhook-timestamp", List.of(Long.toString(sent - 600)));
    assertThatThrownBy(() -> known.verify(request.getBodyAsString(), replayed))
        .as("and an old one is refused")
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("too old");
  }

  @Test
  void a_receiver_that_is_busy_for_long_is_told_in_the_end_and_nobody_has_to_help()
      throws Exception {
    answers("/busy", aResponse().withStatus(503).withHeader("Retry-After", "1"));
    Instances.Instance run = begin("waits", "/busy", UUID.randomUUID());
    for (int i = 1; i <= TRIES; i++) {
      int tries = i;
      // The pause begins when Zeebe hears of the answer, perhaps after the time was moved on.
      soonByAndBy("try " + i, Duration.ofSeconds(1))
          .until(
              () -> {
                boolean came = requests("/busy").size() >= tries;
                ripen.advance(PAUSE);
                return came;
              });
    }
    assertThat(ripen.database().openIncident("waits", 1)).isNull();
    answers("/busy", aResponse().withStatus(200));
    soonByAndBy("the last try", Duration.ofMillis(200))
        .until(
            () -> {
              ripen.advance(PAUSE);
              return instances.past("waits").contains("told");
            });

    run.awaitEnd("told");
    // Not the time as well: moved on too soon, it lets the broker take a job back in mid-call.
    assertThat(
            requests("/busy").stream()
                .map(each -> JsonMapper.shared().readTree(each.getBodyAsString()).path("data"))
                .distinct())
        .hasSize(1);
    assertThat(requests("/busy").stream().map(each -> each.getHeader("webhook-id")).distinct())
        .hasSize(1);
    LoggedRequest last = requests("/busy").getLast();
    new Webhook(printedSecret()).verify(last.getBodyAsString(), headers(last));
  }

  @Test
  void a_receiver_that_is_gone_is_called_once_and_the_flow_goes_its_other_way() {
    answers("/gone", aResponse().withStatus(410));
    begin("leaves", "/gone", UUID.randomUUID()).awaitEnd("refused");
    assertThat(requests("/gone")).hasSize(1);
  }

  private Instances.Instance begin(String flow, String path, UUID lead) {
    deploy(flow, receiver.baseUrl() + path);
    return instances.begunBy(
        flow,
        () ->
            zeebe
                .newCreateInstanceCommand()
                .bpmnProcessId(flow)
                .latestVersion()
                .variables(Map.of("leadId", lead.toString()))
                .send()
                .join());
  }

  private void answers(String path, ResponseDefinitionBuilder answer) {
    receiver.stubFor(post(urlEqualTo(path)).willReturn(answer));
  }

  private List<LoggedRequest> requests(String path) {
    return receiver.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private static Map<String, List<String>> headers(LoggedRequest request) {
    return request.getHeaders().all().stream().collect(toMap(HttpHeader::key, HttpHeader::values));
  }

  /** As whoever runs the receiver is given it. */
  private String printedSecret() {
    Child command =
        Child.start(
            "secret",
            Build.ripen(
                List.of("-Xmx128m"),
                List.of(
                    "webhooks",
                    "secret",
                    receiver.baseUrl() + "/any",
                    "--data",
                    ripen.data().toString())),
            Map.of());
    command.awaitEnd(Duration.ofMinutes(2));
    assertThat(command.exitCode()).as(command.output()).isZero();
    return command.output().strip();
  }

  private void deploy(String flow, String url) {
    String xml =
        """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
          <bpmn:error id="refusal" errorCode="webhook.refused" />
          <bpmn:process id="%s" isExecutable="true">
            <bpmn:startEvent id="start" />
            <bpmn:sequenceFlow id="begins" sourceRef="start" targetRef="tell" />
            <bpmn:serviceTask id="tell">
              <bpmn:extensionElements>
                <zeebe:taskDefinition type="call-webhook" retries="10" />
                <zeebe:taskHeaders><zeebe:header key="url" value="%s" /></zeebe:taskHeaders>
              </bpmn:extensionElements>
            </bpmn:serviceTask>
            <bpmn:boundaryEvent id="catches" attachedToRef="tell">
              <bpmn:outgoing>notTaken</bpmn:outgoing>
              <bpmn:errorEventDefinition errorRef="refusal" />
            </bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="taken" sourceRef="tell" targetRef="told" />
            <bpmn:sequenceFlow id="notTaken" sourceRef="catches" targetRef="refused" />
            <bpmn:endEvent id="told" />
            <bpmn:endEvent id="refused" />
          </bpmn:process>
        </bpmn:definitions>
        """
            .formatted(flow, url);
    zeebe
        .newDeployResourceCommand()
        .addResourceBytes(xml.getBytes(StandardCharsets.UTF_8), flow + ".bpmn")
        .send()
        .join();
    soon(flow + " is known")
        .until(
            () ->
                Http.json(ripen.http().get("/api/versions/" + flow)).path(0).path("version").asInt()
                    == 1);
  }
}
