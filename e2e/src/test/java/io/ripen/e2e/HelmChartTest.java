package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm renders it, read as strictly as a cluster would. */
class HelmChartTest {

  private static final List<String> ROLES = List.of("engine", "workers");

  @Test
  void helm_finds_nothing_to_complain_of() {
    var lint = HelmChart.lint();

    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void a_field_that_kubernetes_does_not_know_would_be_refused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> new Manifests("{apiVersion: apps/v1, kind: Deployment, spec: {replica: 2}}"))
        .withMessageContaining("replica");
  }

  @ParameterizedTest
  @CsvSource({"minimal, 10", "everything, 15", "external, 10"})
  void every_document_is_what_kubernetes_knows(String values, int documents) {
    Manifests chart = HelmChart.with(values);

    assertThat(chart.all()).hasSize(documents);
    assertThat(chart.all())
        .extracting(each -> each.getKind() + " " + each.getMetadata().getName())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "external"})
  void pods_may_do_nothing_that_they_need_not(String values) {
    for (PodSpec pod : pods(HelmChart.with(values))) {
      Container container = pod.getContainers().getFirst();
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "external"})
  void pods_are_asked_how_they_are_and_have_time_to_end(String values) {
    for (PodSpec pod : pods(HelmChart.with(values))) {
      Container container = pod.getContainers().getFirst();
      assertThat(container.getStartupProbe().getHttpGet().getPath())
          .isEqualTo("/actuator/health/liveness");
      assertThat(container.getLivenessProbe().getHttpGet().getPath())
          .isEqualTo("/actuator/health/liveness");
      assertThat(container.getReadinessProbe().getHttpGet().getPath())
          .isEqualTo("/actuator/health/readiness");
      assertThat(pod.getTerminationGracePeriodSeconds())
          .isGreaterThanOrEqualTo(
              75 + container.getLifecycle().getPreStop().getSleep().getSeconds());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "external"})
  void what_is_mounted_is_there(String values) {
    for (PodSpec pod : pods(HelmChart.with(values))) {
      Container container = pod.getContainers().getFirst();
      List<String> volumes = new ArrayList<>();
      pod.getVolumes().forEach(volume -> volumes.add(volume.getName()));
      assertThat(container.getVolumeMounts())
          .extracting("name")
          .containsExactlyInAnyOrderElementsOf(volumes);
      assertThat(container.getVolumeMounts())
          .extracting("mountPath")
          .contains("/tmp", "/run/secrets/ripen", "/etc/ripen")
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "external"})
  void what_points_at_pods_finds_those_of_its_role(String values) {
    Manifests chart = HelmChart.with(values);
    for (String role : ROLES) {
      Map<String, String> labels =
          deployment(chart, role).getSpec().getTemplate().getMetadata().getLabels();
      assertThat(labels)
          .containsAllEntriesOf(deployment(chart, role).getSpec().getSelector().getMatchLabels());
      String service = role.equals("engine") ? "shop-ripen" : "shop-ripen-workers";
      assertThat(labels)
          .containsAllEntriesOf(chart.one(Service.class, service).getSpec().getSelector());
      assertThat(labels)
          .containsAllEntriesOf(
              chart
                  .one(PodDisruptionBudget.class, "shop-ripen-" + role)
                  .getSpec()
                  .getSelector()
                  .getMatchLabels());
      Map<String, String> guarded =
          chart
              .one(NetworkPolicy.class, "shop-ripen-" + role)
              .getSpec()
              .getPodSelector()
              .getMatchLabels();
      assertThat(labels).containsAllEntriesOf(guarded);
      assertThat(guarded).containsEntry("app.kubernetes.io/component", role);
    }
  }

  @Test
  void an_autoscaler_goes_by_what_waits_and_nobody_else_counts_replicas() {
    Manifests chart = HelmChart.with("everything");
    for (String role : ROLES) {
      var scaler = chart.one(HorizontalPodAutoscaler.class, "shop-ripen-" + role).getSpec();
      assertThat(scaler.getScaleTargetRef().getName())
          .isEqualTo(deployment(chart, role).getMetadata().getName());
      assertThat(deployment(chart, role).getSpec().getReplicas()).isNull();
      assertThat(scaler.getMetrics()).extracting(MetricSpec::getType).contains("External");
    }
    assertThat(deployment(HelmChart.with("minimal"), "engine").getSpec().getReplicas())
        .isEqualTo(2);
    assertThat(HelmChart.with("minimal").all(HorizontalPodAutoscaler.class)).isEmpty();
  }

  @Test
  void jobs_for_the_workers_of_others_start_none_of_ours() throws IOException {
    var backlog =
        HelmChart.with("everything")
            .one(HorizontalPodAutoscaler.class, "shop-ripen-workers")
            .getSpec()
            .getMetrics()
            .stream()
            .map(MetricSpec::getExternal)
            .filter(Objects::nonNull)
            .map(external -> external.getMetric().getSelector().getMatchExpressions().getFirst())
            .toList();

    assertThat(backlog)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.getKey()).isEqualTo("type");
              assertThat(each.getOperator()).isEqualTo("In");
              assertThat(each.getValues()).containsExactlyInAnyOrderElementsOf(jobTypes());
            });
  }

  /** As the workers' sources have them. */
  private static List<String> jobTypes() throws IOException {
    Pattern type = Pattern.compile("@JobWorker\\(\\s*type = \"([a-z-]+)\"");
    List<String> types = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(Build.root().resolve("workers/src/main/java/io/ripen/workers"))) {
      for (Path file : files.toList()) {
        type.matcher(Files.readString(file)).results().forEach(each -> types.add(each.group(1)));
      }
    }
    return types;
  }

  @Test
  void metrics_are_collected_of_both_roles_with_their_own_password() {
    Manifests chart = HelmChart.with("everything");
    ServiceMonitor monitor = chart.one(ServiceMonitor.class, "shop-ripen");
    var credentials =
        monitor.getSpec().getEndpoints().getFirst().getAuthorization().getCredentials();

    assertThat(chart.one(Secret.class, credentials.getName()).getData())
        .containsKey(credentials.getKey());
    chart
        .all(Service.class)
        .forEach(
            service ->
                assertThat(service.getMetadata().getLabels())
                    .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels()));
  }

  @Test
  void servers_elsewhere_are_reached_with_tls_and_credentials() {
    assertThat(HelmChart.with("external").settings("application.yaml"))
        .containsEntry("camunda.client.auth.method", "oidc")
        .containsEntry("camunda.client.auth.client-id", "ripen")
        .containsEntry("camunda.client.ca-certificate-path", "/run/camunda-ca/ca.crt")
        .containsEntry("camunda.client.tenant-id", "growth")
        .containsEntry("camunda.client.worker.defaults.tenant-ids", "growth")
        .containsEntry("spring.kafka.security.protocol", "SASL_SSL")
        .containsEntry("spring.kafka.properties.sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("spring.mail.ssl.enabled", true);
  }

  @Test
  void the_image_is_of_this_version() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.+?)</version>")
            .matcher(Files.readString(Build.root().resolve("pom.xml")));

    assertThat(version.find()).isTrue();
    assertThat(
            pods(HelmChart.with("minimal")).stream()
                .map(pod -> pod.getContainers().getFirst().getImage()))
        .containsOnly("ripen/ripen:" + version.group(1));
  }

  @Test
  void without_values_it_says_what_is_needed() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(HelmChart::withoutValues)
        .withMessageContaining("secrets: neither existingSecret nor values is set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          publicUrl                  | ripen.example.com   | publicUrl
          engine.replicas            | many                | replicas
          engine.replicaCount        | 2                   | replicaCount
          postgresql.url             | postgres:5432       | url
          kafka.bootstrapServers     | kafka               | bootstrapServers
          kafka.securityProtocol     | TLS                 | securityProtocol
          camunda.auth.method        | oauth               | method
          camunda.grpcAddress        | zeebe:26500         | grpcAddress
          image.digest               | latest              | digest
          mail.encryption            | maybe               | encryption
          email.from                 | nobody              | from
          service.type               | Public              | type
          publicUrl                  | ''                  | publicUrl is not set
          camunda.auth.method        | oidc                | camunda.auth.clientId is not set
          kafka.securityProtocol     | SASL_SSL            | kafka.saslMechanism is not set
          terminationGracePeriod     | 30                  | terminationGracePeriod: 30
          secrets.values.a           | b                   | both existingSecret and values
          """)
  void bad_values_are_refused_with_their_name(String name, String value, String message) {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> HelmChart.with("minimal", Map.of(name, value)))
        .withMessageContaining(message);
  }

  @Test
  void an_autoscaler_that_cannot_work_is_refused() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () -> HelmChart.with("everything", Map.of("workers.autoscaling.minReplicas", "20")))
        .withMessageContaining("minReplicas 20 is more than maxReplicas 10");
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                HelmChart.with(
                    "everything",
                    Map.of("engine.autoscaling.cpu", "0", "engine.autoscaling.eventsLag", "0")))
        .withMessageContaining("nothing to go by");
  }

  private static List<PodSpec> pods(Manifests chart) {
    return ROLES.stream()
        .map(role -> deployment(chart, role).getSpec().getTemplate().getSpec())
        .toList();
  }

  private static Deployment deployment(Manifests chart, String role) {
    return chart.one(Deployment.class, "shop-ripen-" + role);
  }
}
