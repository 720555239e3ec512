package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ElementTemplatesTest {

  private static final Path SHIPPED = Path.of("../bpmn", ElementTemplates.FOLDER);

  /** Nobody drew anything with the one before. */
  private static final Map<String, Integer> FIRST = Map.of("io.ripen.send-email", 2);

  @Test
  void whatever_version_a_diagram_was_drawn_with_is_still_there() throws IOException {
    Map<String, TreeSet<Integer>> versions = new TreeMap<>();
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        JsonNode template = JsonMapper.shared().readTree(file);
        versions
            .computeIfAbsent(template.path("id").asString(), any -> new TreeSet<>())
            .add(template.path("version").asInt());
      }
    }
    assertThat(versions).hasSizeGreaterThan(50);
    assertThat(versions)
        .allSatisfy(
            (id, there) ->
                assertThat(there)
                    .as(id)
                    .isEqualTo(
                        IntStream.rangeClosed(FIRST.getOrDefault(id, 1), there.last())
                            .boxed()
                            .collect(Collectors.toSet())));
  }

  @Test
  void a_step_is_checked_by_the_fields_of_the_version_it_was_drawn_with() {
    ElementTemplates templates = ElementTemplates.read(Path.of("../bpmn"));

    assertThat(templates.findings()).isEmpty();
    assertThat(templates.newest("io.ripen.split")).isEqualTo(2);
    assertThat(templates.fields("io.ripen.split", "1")).hasSize(2);
    assertThat(templates.fields("io.ripen.split", "2")).hasSizeGreaterThan(2);
  }
}
