package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is watched is there: alerts, dashboards and their description beside what servers tell. */
@ExtendWith(DeploymentExtension.class)
class MetricsIT {

  private static final Path DOCKER = Build.root().resolve("docker");

  /** What nothing but a failure brings up. */
  private static final Set<String> SELDOM = Set.of("status");

  private static final String RUNNING = "\nripen_flows_running{";

  private final Deployment ripen;
  private final Reminders reminders;
  private List<Shopper> shoppers = List.of();

  MetricsIT(Deployment ripen) {
    this.ripen = ripen;
    this.reminders = new Reminders(ripen);
  }

  @AfterEach
  void all_is_well_again() {
    if (!shoppers.isEmpty()) {
      reminders.buyAndEnd(shoppers);
    }
  }

  @Test
  void every_metric_of_alerts_and_dashboards_is_told_by_a_server() throws IOException {
    shoppers = reminders.abandonedCarts(2);
    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    Set<Selector> used = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    expressions().forEach(each -> used.addAll(Selector.in(each)));
    assertThat(used).hasSizeGreaterThan(30);

    soon("all metrics").untilAsserted(() -> assertThat(missing(used)).isEmpty());
  }

  @Test
  void a_database_that_is_away_is_told_and_what_nobody_can_count_is_not() {
    soon("running flows").untilAsserted(() -> assertThat(engine()).contains(RUNNING));
    ripen.kill(Part.POSTGRES);
    try {
      soon("the database is away")
          .untilAsserted(
              () ->
                  assertThat(engine())
                      .containsPattern("(?m)^hikaricp_connections_timeout_total\\{.*} [1-9]")
                      .doesNotContain(RUNNING));
    } finally {
      ripen.start(Part.POSTGRES);
    }
    soon("running flows again").untilAsserted(() -> assertThat(engine()).contains(RUNNING));
  }

  @Test
  void a_mailbox_that_cannot_be_read_is_told_and_the_engine_stays_ready() {
    soon("why the mailbox is not heard")
        .untilAsserted(
            () ->
                assertThat(ripen.http().get("/actuator/health/listening").body())
                    .contains("\"email\"", "the mailbox at 127.0.0.1:"));
    assertThat(ripen.http().get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    soon("for how long")
        .untilAsserted(
            () -> assertThat(engine()).contains("\nripen_listening_age_seconds{channel=\"email\""));
  }

  private String engine() {
    return ripen.http().get("/actuator/prometheus").body();
  }

  @Test
  void the_list_of_metrics_names_all_that_alerts_and_dashboards_use() throws IOException {
    String page = Files.readString(Build.root().resolve("docs/metrics.md"));
    Set<String> named = new TreeSet<>();
    Matcher name = Pattern.compile("`([a-z]+(?:_[a-z0-9]+)+)`").matcher(page);
    while (name.find()) {
      named.add(name.group(1));
    }
    Set<String> used = new TreeSet<>();
    for (String expression : expressions()) {
      for (Selector each : Selector.in(expression)) {
        used.add(each.metric().replaceAll("_(bucket|sum|count|max)$", ""));
      }
    }
    assertThat(named).containsAll(used);
  }

  private List<String> missing(Collection<Selector> used) {
    Exposition told = new Exposition();
    for (Http server : List.of(ripen.http(), ripen.workersHttp(), ripen.zeebeHttp())) {
      told.add(server.get("/actuator/prometheus").body());
    }
    return used.stream()
        .map(MetricsIT::withoutWhatIsSeldom)
        .filter(each -> !told.has(each))
        .map(Selector::toString)
        .toList();
  }

  private static Selector withoutWhatIsSeldom(Selector selector) {
    var labels = new LinkedHashMap<>(selector.labels());
    labels.keySet().removeAll(SELDOM);
    return new Selector(selector.metric(), labels);
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    alerts(expressions);
    try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
      for (Path file : files.toList()) {
        JsonNode board = JsonMapper.shared().readTree(Files.readString(file));
        for (JsonNode panel : board.get("panels")) {
          panel.get("targets").forEach(each -> expressions.add(each.get("expr").stringValue()));
        }
      }
    }
    scaling(expressions);
    return expressions;
  }

  /** What the chart's page says that workers and engines are scaled by. */
  private static void scaling(List<String> expressions) throws IOException {
    String page = Files.readString(DOCKER.resolve("helm/ripen/README.md"));
    Matcher query = Pattern.compile("metricsQuery: '(.+)'").matcher(page);
    while (query.find()) {
      expressions.add(query.group(1).replaceAll("(, )?<<\\.LabelMatchers>>", ""));
    }
  }

  private static void alerts(List<String> expressions) {
    YamlMapFactoryBean yaml = new YamlMapFactoryBean();
    yaml.setResources(new FileSystemResource(DOCKER.resolve("prometheus/alerts.yml")));
    for (Map<?, ?> group : maps(yaml.getObject().get("groups"))) {
      for (Map<?, ?> rule : maps(group.get("rules"))) {
        expressions.add(String.valueOf(rule.get("expr")));
        assertThat(((Map<?, ?>) rule.get("annotations")).keySet())
            .as("%s", rule.get("alert"))
            .map(String::valueOf)
            .contains("summary", "action");
      }
    }
  }

  private static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    ((List<?>) list).forEach(each -> maps.add((Map<?, ?>) each));
    return maps;
  }
}
