package io.ripen.engine.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.tables.InvalidTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

  @Test
  void the_shipped_file_can_be_used() {
    Segments shipped = Segments.read(Path.of("../bpmn/segments.dmn"));
    assertThat(shipped.all()).extracting(Segment::id).contains("newsletter-readers", "full-carts");
    assertThat(shipped.named("event-guests")).get().matches(Segment::isList);
    assertThat(shipped.named("quiet-customers")).get().matches(Segment::changesWithTime);
    assertThat(shipped.named("full-carts")).get().matches(segment -> !segment.changesWithTime());
    assertThat(shipped.all()).allSatisfy(each -> assertThat(each.description()).isNotEmpty());
  }

  @Test
  void a_missing_file_is_named(@TempDir Path folder) {
    Path nowhere = folder.resolve(Segments.FILE.name());
    assertThatThrownBy(() -> Segments.read(nowhere))
        .isInstanceOf(InvalidTable.class)
        .hasMessageStartingWith(nowhere + ": there is no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Warm-Leads | lead.visits > 1          | is no id for a segment",
        "warm       | lead.vists > 1           | there is no fact lead.vists",
        "warm       | lead.visits > > 1        | lead.visits > > 1",
        "warm       | cart.total > 100         | asks for cart.total",
        "warm       | event.name = \"x\"       | asks for event.name",
        "warm       | count(lead.segments) > 1 | asks for lead.segments",
        "warm       | ''                       | has no literal expression",
      })
  void what_cannot_be_used_is_told(String id, String condition, String problem) {
    assertThatThrownBy(new SegmentsFile().with("fine", "lead.known").with(id, condition)::read)
        .isInstanceOf(InvalidTable.class)
        .hasMessageContaining("segment " + id + ": ")
        .hasMessageContaining(problem)
        .hasMessageContaining(Segments.FILE.name());
  }

  @Test
  void a_table_is_no_segment() {
    assertThatThrownBy(
            new SegmentsFile()
                    .raw(
                        "<decision id=\"warm\" name=\"Warm\"><decisionTable id=\"t\"><output id=\"o\"/></decisionTable></decision>")
                ::read)
        .hasMessageContaining("segment warm: has no literal expression");
  }

  @Test
  void what_is_no_dmn_is_told(@TempDir Path folder) throws Exception {
    Path file = folder.resolve(Segments.FILE.name());
    Files.writeString(file, "warm leads");
    assertThatThrownBy(() -> Segments.read(file)).hasMessageContaining("is no DMN file");
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThatThrownBy(new SegmentsFile().with("one", "lead.a").with("two", "lead.b = 1")::read)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(2));
  }
}
