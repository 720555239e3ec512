package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart sets is there to be set. */
class HelmSettingsTest {

  private static final KnownSettings KNOWN = new KnownSettings();

  /** They are no settings, but look like it. */
  private static final Set<String> TOPICS = Set.of("ripen.events", "ripen.zeebe");

  private static final Set<String> NOT_OURS = Set.of("JAVA_TOOL_OPTIONS", "TZ");

  @Test
  void names_that_nobody_reads_are_told_from_those_that_somebody_does() {
    assertThat(KNOWN.has("ripen.public-url")).isTrue();
    assertThat(KNOWN.has("ripen.sites.shop.write-key")).isTrue();
    assertThat(KNOWN.has("ripen.sites.shop.country")).isTrue();
    assertThat(KNOWN.has("ripen.gate.caps.email.per-day")).isTrue();
    assertThat(KNOWN.has("spring.kafka.properties.sasl.jaas.config")).isTrue();
    assertThat(KNOWN.hasVariable("SPRING_CONFIG_IMPORT")).isTrue();
    assertThat(KNOWN.has("ripen.publik-url")).isFalse();
    assertThat(KNOWN.has("ripen.sites.shop.write-keys")).isFalse();
    assertThat(KNOWN.has("spring.datasource.pasword")).isFalse();
    assertThat(KNOWN.hasVariable("SERVER_ADRESS")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "external"})
  void every_setting_exists(String values) {
    Manifests chart = HelmChart.with(values);
    Set<String> used = new TreeSet<>(chart.settings("application.yaml").keySet());
    used.addAll(chart.settings("application-engine.yaml").keySet());
    used.addAll(chart.settings("application-workers.yaml").keySet());
    chart.all(Secret.class).forEach(secret -> used.addAll(secret.getData().keySet()));

    assertThat(used).hasSizeGreaterThan(8).allMatch(KNOWN::has);
    assertThat(variables(chart)).isNotEmpty().allMatch(KNOWN::hasVariable);
  }

  private static List<String> variables(Manifests chart) {
    return chart
        .all(Deployment.class)
        .map(each -> each.getSpec().getTemplate().getSpec().getContainers().getFirst())
        .flatMap(container -> container.getEnv().stream())
        .map(EnvVar::getName)
        .filter(name -> !NOT_OURS.contains(name))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "values.yaml"})
  void every_setting_that_is_spoken_of_exists(String file) throws IOException {
    String text = Files.readString(HelmChart.FOLDER.resolve(file));
    List<String> named =
        Pattern.compile(
                "(?<![\\w.@/-])(?:ripen|spring|camunda\\.client)\\.[a-z0-9.-]*[a-z0-9](?![\\w.]*\\.com)")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .filter(name -> !TOPICS.contains(name) && !name.startsWith("ripen.example"))
            .distinct()
            .toList();

    assertThat(named).hasSizeGreaterThan(3).allMatch(KNOWN::has);
  }

  /** The engine decides what is public; the demo shop and health are nobody's outside. */
  @Test
  void the_ingress_leads_to_all_that_the_public_needs_and_to_nothing_else() throws IOException {
    String source =
        Files.readString(
            Build.root().resolve("engine/src/main/java/io/ripen/engine/console/PublicPaths.java"));
    List<String> open =
        Pattern.compile("\"(/[a-z0-9./-]+)\"")
            .matcher(source)
            .results()
            .map(path -> path.group(1))
            .filter(path -> !path.equals("/shop") && !path.startsWith("/actuator"))
            .toList();
    Ingress ingress = HelmChart.with("everything").one(Ingress.class, "shop-ripen");

    assertThat(ingress.getSpec().getRules().getFirst().getHttp().getPaths())
        .extracting("path")
        .containsExactlyInAnyOrderElementsOf(open);
  }
}
