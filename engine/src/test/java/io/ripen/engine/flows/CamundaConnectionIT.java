package io.ripen.engine.flows;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.google.protobuf.InvalidProtocolBufferException;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.spring.configuration.CamundaAutoConfiguration;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.testing.FakeGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reaches Camunda by the settings that we ship and those that somebody adds. */
class CamundaConnectionIT {

  private static final String SHIPPED = "file:../app/src/main/resources/application.yaml";
  private static final String BEARER = "Bearer token-of-ours";

  private final FakeGateway gateway = new FakeGateway();
  private final WireMockServer http = new WireMockServer(options().dynamicPort());

  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
    http.stop();
  }

  @Test
  void a_token_and_the_tenant_go_with_all_that_needs_them_by_one_client()
      throws InvalidProtocolBufferException {
    http.start();
    http.stubFor(any(urlPathMatching("/v2/.*")).willReturn(noContent()));
    http.stubFor(
        post(urlPathEqualTo("/oauth/token"))
            .willReturn(
                okJson(
                    "{\"access_token\":\"token-of-ours\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
    try (ConfigurableApplicationContext context =
        run(
            Connected.class,
            "camunda.client.grpc-address=" + gateway.address(),
            "camunda.client.rest-address=" + http.baseUrl(),
            "camunda.client.auth.method=oidc",
            "camunda.client.auth.client-id=ripen",
            "camunda.client.auth.client-secret=not-told",
            "camunda.client.auth.token-url=" + http.baseUrl() + "/oauth/token",
            "camunda.client.auth.audience=orchestration-api",
            "camunda.client.auth.credentials-cache-path=" + folder.resolve("credentials"),
            "camunda.client.tenant-id=growth")) {
      CamundaClient client = context.getBean(CamundaClient.class);
      new ZeebeDeployByClient(client).deploy(Map.of("a.bpmn", "<bpmn/>".getBytes(UTF_8)));
      client.newPublishMessageCommand().messageName("m").correlationKey("c").send().join();
      client.newCreateInstanceCommand().processDefinitionKey(7).send().join();
      client.newCancelInstanceCommand(8).send().join();
      client.newAssignUserTaskCommand(9).assignee("anna").send().join();
      await().until(() -> !gateway.calls("ActivateJobs").isEmpty());
      await().until(() -> !gateway.calls("StreamActivatedJobs").isEmpty());
    }

    http.verify(
        postRequestedFor(urlPathEqualTo("/oauth/token"))
            .withRequestBody(containing("grant_type=client_credentials"))
            .withRequestBody(containing("client_id=ripen"))
            .withRequestBody(containing("client_secret=not-told"))
            .withRequestBody(containing("audience=orchestration-api")));
    http.verify(
        postRequestedFor(urlPathMatching("/v2/user-tasks/9/assignment"))
            .withHeader("Authorization", equalTo(BEARER)));
    for (String method :
        List.of(
            "DeployResource",
            "PublishMessage",
            "CreateProcessInstance",
            "CancelProcessInstance",
            "ActivateJobs",
            "StreamActivatedJobs")) {
      assertThat(gateway.calls(method))
          .as(method)
          .isNotEmpty()
          .allMatch(call -> BEARER.equals(call.authorization()));
    }
    assertThat(DeployResourceRequest.parseFrom(request("DeployResource")).getTenantId())
        .isEqualTo("growth");
    assertThat(PublishMessageRequest.parseFrom(request("PublishMessage")).getTenantId())
        .isEqualTo("growth");
    assertThat(
            CreateProcessInstanceRequest.parseFrom(request("CreateProcessInstance")).getTenantId())
        .isEqualTo("growth");
    assertThat(ActivateJobsRequest.parseFrom(request("ActivateJobs")).getTenantIdsList())
        .containsExactly("growth");
    assertThat(
            StreamActivatedJobsRequest.parseFrom(request("StreamActivatedJobs")).getTenantIdsList())
        .containsExactly("growth");
  }

  @Test
  void without_a_tenant_jobs_of_the_default_one_are_asked_for()
      throws InvalidProtocolBufferException {
    try (ConfigurableApplicationContext context =
        run(Connected.class, "camunda.client.grpc-address=" + gateway.address())) {
      CamundaClient client = context.getBean(CamundaClient.class);
      client.newPublishMessageCommand().messageName("m").correlationKey("c").send().join();
      await().until(() -> !gateway.calls("ActivateJobs").isEmpty());
    }

    assertThat(ActivateJobsRequest.parseFrom(request("ActivateJobs")).getTenantIdsList())
        .containsExactly("<default>");
    assertThat(gateway.calls("PublishMessage").getFirst().authorization()).isNull();
  }

  @Test
  void camundas_own_cluster_needs_no_more_than_its_id_region_and_credentials() {
    try (ConfigurableApplicationContext context =
        run(
            Nothing.class,
            "camunda.client.mode=saas",
            "camunda.client.cloud.cluster-id=c1",
            "camunda.client.cloud.region=fra-1",
            "camunda.client.auth.client-id=ripen",
            "camunda.client.auth.client-secret=not-told")) {
      var settings = context.getEnvironment();
      assertThat(settings.getProperty("camunda.client.grpc-address"))
          .isEqualTo("https://c1.fra-1.zeebe.camunda.io:443");
      assertThat(settings.getProperty("camunda.client.rest-address"))
          .isEqualTo("https://fra-1.zeebe.camunda.io:443/c1");
      assertThat(settings.getProperty("camunda.client.auth.token-url"))
          .isEqualTo("https://login.cloud.camunda.io/oauth/token");
      assertThat(settings.getProperty("camunda.client.auth.audience"))
          .isEqualTo("zeebe.camunda.io");
      assertThat(settings.getProperty("camunda.client.prefer-rest-over-grpc")).isEqualTo("false");
    }
  }

  @Test
  void who_names_no_cluster_has_one_on_this_machine() {
    try (ConfigurableApplicationContext context = run(Nothing.class)) {
      assertThat(context.getEnvironment().getProperty("camunda.client.grpc-address"))
          .isEqualTo("http://localhost:26500");
      assertThat(context.getEnvironment().getProperty("camunda.client.rest-address"))
          .isEqualTo("http://localhost:8080");
    }
  }

  private byte[] request(String method) {
    return gateway.calls(method).getFirst().request();
  }

  private static ConfigurableApplicationContext run(Class<?> configuration, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("--spring.config.location=" + SHIPPED));
    for (String setting : settings) {
      arguments.add("--" + setting);
    }
    return new SpringApplicationBuilder(configuration)
        .web(WebApplicationType.NONE)
        .profiles("workers")
        .run(arguments.toArray(String[]::new));
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(CamundaAutoConfiguration.class)
  static class Connected {

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    Worker worker() {
      return new Worker();
    }
  }

  static class Worker {
    @JobWorker(type = "send-email")
    public void work() {
      // Nobody gives it a job.
    }
  }
}
