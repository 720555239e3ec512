package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the image promises whoever runs it. */
@OnCompose
class ImageIT {

  private static final List<String> SHELL = List.of("--entrypoint", "bash");

  @Test
  void it_runs_as_an_ordinary_user_who_owns_nothing_of_it() {
    assertThat(run(SHELL, "-c", "id -u; find /opt/ripen -user 10001 -o -perm -o=w -type f").strip())
        .isEqualTo("10001");
  }

  @Test
  void it_needs_no_file_system_to_write_to_but_tmp() {
    assertThat(run(List.of(), "--version")).containsPattern("(?m)^Ripen \\d");
  }

  @Test
  void it_adds_no_more_to_java_than_it_has_to() {
    long ours = size(image()) - size("ripen-offline/java:25");

    assertThat(ours).isBetween(50_000_000L, 200_000_000L);
  }

  private static long size(String image) {
    return Long.parseLong(docker("image", "inspect", "--format", "{{.Size}}", image).strip());
  }

  @Test
  void it_says_how_it_is() {
    assertThat(json(docker("image", "inspect", image())).get(0).at("/Config/Healthcheck/Test"))
        .isNotEmpty();
  }

  @Test
  void each_jar_on_its_class_path_stands_in_its_list_of_materials() {
    List<String> jars = run(SHELL, "-c", "cd /opt/ripen/lib && ls").lines().toList();
    List<String> listed =
        StreamSupport.stream(
                json(run(SHELL, "-c", "cat /opt/ripen/sbom.json")).get("components").spliterator(),
                false)
            .map(ImageIT::jar)
            .toList();

    assertThat(jars)
        .hasSizeGreaterThan(100)
        .allMatch(jar -> listed.stream().anyMatch(jar::startsWith));
  }

  private static String jar(JsonNode component) {
    return "%s-%s".formatted(component.get("name").asString(), component.get("version").asString());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static String run(List<String> options, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("run", "--rm", "--read-only", "--tmpfs", "/tmp"));
    command.addAll(options);
    command.add(image());
    command.addAll(List.of(arguments));
    return docker(command.toArray(String[]::new));
  }

  private static String docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return Child.run("docker", Build.root(), command, Map.of(), Duration.ofMinutes(2));
  }

  private static String image() {
    return Build.compose().getProperty("RIPEN_IMAGE");
  }
}
