package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Both profiles as Compose reads them. The images of {@code full} cannot be had where no registry
 * is reached, so this is all that is known of it there.
 */
@OnCompose
class ComposeFileIT {

  private static final Path FOLDER = Build.root().resolve("docker");

  private static final Set<String> MINIMAL =
      Set.of("postgres", "kafka", "exporter", "zeebe", "engine", "workers");

  private static final Set<String> ALL =
      Set.of(
          "postgres",
          "kafka",
          "exporter",
          "zeebe",
          "engine",
          "workers",
          "camunda-postgres",
          "mailpit",
          "prometheus",
          "grafana",
          "collector");

  @TempDir private Path folder;

  @Test
  void minimal_is_what_ripen_needs() throws IOException {
    Map<String, Map<String, Object>> services = services(".env");

    assertThat(services.keySet()).containsAll(MINIMAL);
    assertThat(services.get("zeebe")).containsEntry("image", "camunda/zeebe:8.6.0");
    assertThat(environment(services, "engine").get("JAVA_TOOL_OPTIONS"))
        .doesNotContain("javaagent");
  }

  @Test
  void full_has_all_the_rest_and_sends_mail_and_traces_to_it() throws IOException {
    Map<String, Map<String, Object>> services = services(".env", "full.env");

    assertThat(services).containsOnlyKeys(ALL);
    assertThat(services.get("zeebe").get("image")).asString().startsWith("camunda/camunda:8.9");
    assertThat(environment(services, "workers"))
        .containsEntry("SPRING_MAIL_HOST", "mailpit")
        .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    for (String role : List.of("engine", "workers")) {
      assertThat(environment(services, role).get("JAVA_TOOL_OPTIONS"))
          .contains("-javaagent:/opt/ripen/opentelemetry-javaagent.jar")
          .contains("-XX:MaxRAMPercentage");
    }
  }

  @Test
  void each_service_has_a_version_a_limit_and_files_that_are_there() throws IOException {
    services(".env", "full.env")
        .forEach(
            (name, service) -> {
              assertThat(service.get("image"))
                  .as(name)
                  .asString()
                  .matches("[a-z/-]+(:[\\w.-]+|@sha256:\\w+)");
              if (!name.equals("exporter")) {
                assertThat(service).as(name).containsKey("mem_limit");
              }
              for (Path file : mounted(service)) {
                assertThat(file).as(name).exists();
              }
            });
  }

  /** Files and folders of ours that it sees. */
  private static List<Path> mounted(Map<String, Object> service) {
    List<Path> files = new ArrayList<>();
    for (Object volume : (List<?>) service.getOrDefault("volumes", List.of())) {
      String source =
          volume instanceof Map<?, ?> map
              ? String.valueOf(map.get("source"))
              : String.valueOf(volume).split(":", 2)[0];
      if (source.startsWith("/")) {
        files.add(Path.of(source));
      }
    }
    return files;
  }

  private static Map<String, String> environment(
      Map<String, Map<String, Object>> services, String name) {
    @SuppressWarnings("unchecked")
    Map<String, String> environment = (Map<String, String>) services.get(name).get("environment");
    return environment;
  }

  /** The older program takes one file of settings, so they are one here. */
  private Map<String, Map<String, Object>> services(String... settings) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String each : settings) {
      all.append(Files.readString(FOLDER.resolve(each))).append('\n');
    }
    Path env = Files.writeString(folder.resolve("all.env"), all);
    List<String> command = new ArrayList<>(ComposeRipen.program());
    command.addAll(
        List.of(
            "--env-file",
            env.toString(),
            "--file",
            FOLDER.resolve("compose.yaml").toString(),
            "config"));
    String config = Child.run("compose", FOLDER, command, Map.of(), Duration.ofMinutes(1));
    Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(config);
    return file.get("services");
  }
}
