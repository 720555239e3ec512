package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both roles start with the files and variables that the chart gives them, and are guarded. */
@ExtendWith(DeploymentExtension.class)
class HelmStartIT {

  private static final String CONSOLE = "of the console";
  private static final String SCRAPER = "of the scraper";

  private final io.ripen.e2e.Deployment ripen;
  private final int port = Ports.free();
  @TempDir private Path folder;

  HelmStartIT(io.ripen.e2e.Deployment ripen) {
    this.ripen = ripen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "workers"})
  void a_role_starts_as_in_a_cluster_and_tells_strangers_its_health_alone(String role)
      throws IOException {
    Manifests chart = HelmChart.of(values());
    Map<String, String> environment = environment(chart, role);

    try (Child child =
        Child.start(
            "helm-" + role,
            Build.ripen(List.of("-Xmx320m"), List.of("server", role)),
            environment)) {
      Http http = new Http(port);
      child.awaitOrFail(
          "ready",
          Duration.ofSeconds(90),
          () -> http.get("/actuator/health/readiness").statusCode() == 200);

      assertThat(http.get("/actuator/prometheus").statusCode()).isEqualTo(401);
      assertThat(http.get("/actuator/metrics", "Bearer " + SCRAPER).statusCode()).isEqualTo(401);
      assertThat(http.get("/leads", "Bearer " + SCRAPER).statusCode()).isEqualTo(401);
      assertThat(http.get("/actuator/prometheus", "Bearer " + SCRAPER).body())
          .contains("hikaricp_connections_active");
      assertThat(http.get("/actuator/prometheus", basic(CONSOLE)).statusCode()).isEqualTo(200);
    }
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("me:" + password).getBytes(UTF_8));
  }

  private Path values() throws IOException {
    Map<String, String> servers = ripen.servers();
    return Files.writeString(
        folder.resolve("values.yaml"),
        """
        publicUrl: http://localhost:%d
        email: {from: shop@example.com}
        mail: {host: 127.0.0.1, port: %d, encryption: none}
        camunda: {grpcAddress: "%s", restAddress: "%s"}
        kafka: {bootstrapServers: "%s"}
        postgresql: {url: "%s", username: "%s"}
        engine: {properties: {server.port: %d}}
        workers: {properties: {server.port: %d}}
        secrets:
          values:
            spring.datasource.password: "%s"
            ripen.signing-key: %s
            ripen.console.password: %s
            ripen.metrics.password: %s
        """
            .formatted(
                port,
                ripen.smtp().port(),
                servers.get("camunda.client.grpc-address"),
                servers.get("camunda.client.rest-address"),
                servers.get("spring.kafka.bootstrap-servers"),
                servers.get("spring.datasource.url"),
                servers.get("spring.datasource.username"),
                port,
                port,
                servers.get("spring.datasource.password"),
                io.ripen.e2e.Deployment.SIGNING_KEY,
                CONSOLE,
                SCRAPER));
  }

  /** The container's variables, with our folders in place of its own. */
  private Map<String, String> environment(Manifests chart, String role) throws IOException {
    Path config = folder.resolve("config");
    Path secrets = folder.resolve("secrets");
    mount(config, chart.one(ConfigMap.class, "shop-ripen").getData());
    Map<String, String> secret = new HashMap<>();
    chart
        .one(Secret.class, "shop-ripen")
        .getData()
        .forEach(
            (key, value) -> secret.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
    mount(secrets, secret);
    Map<String, String> environment = new HashMap<>();
    for (EnvVar each :
        chart
            .one(Deployment.class, "shop-ripen-" + role)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv()) {
      environment.put(
          each.getName(),
          each.getValue()
              .replace("/etc/ripen/", config + "/")
              .replace("/run/secrets/ripen/", secrets + "/"));
    }
    return environment;
  }

  /** As Kubernetes lays files out, so that all of them change at once. */
  private static void mount(Path folder, Map<String, String> files) throws IOException {
    Path now = Files.createDirectories(folder.resolve("..2026_05_04"));
    Files.createSymbolicLink(folder.resolve("..data"), now.getFileName());
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(now.resolve(file.getKey()), file.getValue());
      Files.createSymbolicLink(folder.resolve(file.getKey()), Path.of("..data", file.getKey()));
    }
  }
}
