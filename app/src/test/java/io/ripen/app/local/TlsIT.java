package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.spring.configuration.CamundaAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A real Zeebe behind TLS, whose certificate an authority of our own has signed. */
class TlsIT {

  private static final Path FLOW = Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn");

  @TempDir Path folder;

  @Test
  void one_setting_makes_us_trust_an_authority_of_our_own_over_grpc_and_rest()
      throws IOException, InterruptedException, GeneralSecurityException {
    OwnAuthority authority = new OwnAuthority(folder);
    try (LocalStack stack = behindTls(authority).start()) {
      List<String> addresses =
          List.of(
              "--camunda.client.grpc-address=" + https(stack.zeebeGrpc().getPort()),
              "--camunda.client.rest-address=" + https(stack.zeebeRest().getPort()));
      try (ConfigurableApplicationContext known =
          run(addresses, "--camunda.client.ca-certificate-path=" + authority.certificate)) {
        CamundaClient client = known.getBean(CamundaClient.class);
        assertThat(overGrpc(client)).isPositive();
        assertThat(client.newTopologyRequest().useRest().send().join().getBrokers()).hasSize(1);
      }
      try (ConfigurableApplicationContext unknown = run(addresses)) {
        CamundaClient client = unknown.getBean(CamundaClient.class);
        assertThatExceptionOfType(ClientException.class).isThrownBy(() -> overGrpc(client));
        assertThatExceptionOfType(ClientException.class)
            .isThrownBy(() -> client.newTopologyRequest().useRest().send().join())
            .withStackTraceContaining("unable to find valid certification path");
      }
    }
  }

  private static long overGrpc(CamundaClient client) throws IOException {
    return client
        .newDeployResourceCommand()
        .addResourceBytes(Files.readAllBytes(FLOW), "abandoned-cart.bpmn")
        .requestTimeout(Duration.ofSeconds(20))
        .send()
        .join()
        .getKey();
  }

  private LocalStackBuilder behindTls(OwnAuthority authority) {
    LocalStackBuilder stack =
        LocalStack.in(folder.resolve("data"))
            .without(Part.POSTGRES)
            .without(Part.KAFKA)
            .withoutExporter()
            .onFreePorts()
            .shortLived();
    Map.of(
            "ZEEBE_BROKER_GATEWAY_SECURITY_ENABLED", "true",
            "ZEEBE_BROKER_GATEWAY_SECURITY_CERTIFICATECHAINPATH", authority.serverChain.toString(),
            "ZEEBE_BROKER_GATEWAY_SECURITY_PRIVATEKEYPATH", authority.serverKey.toString(),
            "SERVER_SSL_ENABLED", "true",
            "SERVER_SSL_CERTIFICATE", authority.serverChain.toString(),
            "SERVER_SSL_CERTIFICATE_PRIVATE_KEY", authority.serverKey.toString(),
            "SERVER_SSL_CERTIFICATEPRIVATEKEY", authority.serverKey.toString(),
            "MANAGEMENT_SERVER_SSL_ENABLED", "false")
        .forEach(stack::zeebe);
    return stack;
  }

  private static String https(int port) {
    return "https://127.0.0.1:" + port;
  }

  private static ConfigurableApplicationContext run(List<String> addresses, String... more) {
    return new SpringApplicationBuilder(Connected.class)
        .web(WebApplicationType.NONE)
        .profiles("engine")
        .run(Stream.concat(addresses.stream(), Stream.of(more)).toArray(String[]::new));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(CamundaAutoConfiguration.class)
  static class Connected {}
}
