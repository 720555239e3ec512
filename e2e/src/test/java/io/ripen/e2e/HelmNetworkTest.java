package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may reach the chart's pods, and where they may go. */
class HelmNetworkTest {

  private static final List<String> ROLES = List.of("engine", "workers");

  @Test
  void strangers_reach_the_engine_and_no_worker() {
    Manifests chart = HelmChart.with("minimal");

    var engine = chart.one(NetworkPolicy.class, "shop-ripen-engine").getSpec().getIngress();
    var workers = chart.one(NetworkPolicy.class, "shop-ripen-workers").getSpec().getIngress();
    assertThat(engine).singleElement().satisfies(rule -> assertThat(rule.getFrom()).isEmpty());
    assertThat(workers).isEmpty();
  }

  @Test
  void pods_may_go_where_their_settings_lead_and_no_further() {
    Manifests usual = HelmChart.with("minimal");
    for (String role : ROLES) {
      assertThat(ports(usual, role))
          .containsExactlyInAnyOrder(25, 443, 465, 587, 993, 5432, 8080, 9092, 9093, 26500);
      assertThat(ports(HelmChart.with("external"), role))
          .containsExactlyInAnyOrder(443, 465, 5432, 9094, 26500);
    }

    Manifests own =
        HelmChart.with(
            "minimal",
            Map.of(
                "mail.port", "2525",
                "postgresql.url", "jdbc:postgresql://one:6432,two:6433/ripen?sslmode=require",
                "kafka.bootstrapServers", "kafka-0:9095,kafka-1:9096",
                "camunda.restAddress", "http://zeebe-gateway:8088/core"));
    for (String role : ROLES) {
      assertThat(ports(own, role)).contains(2525, 6432, 6433, 9095, 9096, 8088);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "starttls_required, '', 143",
    "STARTTLS_IF_OFFERED, '', 143",
    "tls, '', 993",
    "tls, 10993, 10993",
    "none, 1143, 1143"
  })
  void the_engine_reaches_the_mailbox_that_it_is_told_to_read(
      String encryption, String port, int reached) {
    Map<String, String> told =
        new TreeMap<>(
            Map.of(
                "engine.properties.ripen\\.email\\.inbox\\.host",
                "imap.example.com",
                "properties.ripen\\.email\\.inbox\\.encryption",
                encryption));
    if (!port.isEmpty()) {
      told.put("properties.ripen\\.email\\.inbox\\.port", port);
    }
    Manifests chart = HelmChart.with("minimal", told);

    assertThat(ports(chart, "engine")).contains(reached);
    if (reached != 993) {
      assertThat(ports(chart, "workers")).doesNotContain(reached);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          javaOptions       | -javaagent:/o.jar -Dotel.exporter.otlp.endpoint=http://collector:4318 -Dx=y     | 4318
          javaOptions       | -Dotel.exporter.otlp.protocol=grpc -Dotel.exporter.otlp.endpoint=http://o:4317/ | 4317
          extraEnv[0].value | http://collector.monitoring:14317                                               | 14317
          """)
  void pods_reach_the_collector_of_traces_that_they_are_told_of(
      String name, String value, int port) {
    Manifests chart =
        HelmChart.with(
            "minimal",
            Map.of(name, value, "extraEnv[0].name", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));

    for (String role : ROLES) {
      assertThat(ports(chart, role)).contains(port);
    }
  }

  /** Where a role may go, beside DNS. */
  private static List<Integer> ports(Manifests chart, String role) {
    return chart
        .one(NetworkPolicy.class, "shop-ripen-" + role)
        .getSpec()
        .getEgress()
        .getLast()
        .getPorts()
        .stream()
        .map(each -> each.getPort().getIntVal())
        .toList();
  }
}
