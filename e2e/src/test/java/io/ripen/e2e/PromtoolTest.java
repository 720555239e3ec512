package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus itself reads what it is given. */
@EnabledIfEnvironmentVariable(
    named = "RIPEN_PROMTOOL",
    matches = "true",
    disabledReason = "promtool may not be there; CONTRIBUTING.md says how to run it")
class PromtoolTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config --syntax-only prometheus.yml",
        "check rules alerts.yml",
        "test rules alerts-test.yml"
      })
  void prometheus_finds_nothing_to_complain_of(String arguments) throws IOException {
    String folder = Build.root().resolve("docker/prometheus").toString();
    try (Child promtool =
        Child.start(
            "promtool",
            List.of("env", "-C", folder, "sh", "-c", "promtool " + arguments),
            Map.of())) {
      promtool.awaitEnd(Duration.ofSeconds(60));
      assertThat(promtool.exitCode()).as("%s", promtool.output()).isZero();
    }
  }
}
