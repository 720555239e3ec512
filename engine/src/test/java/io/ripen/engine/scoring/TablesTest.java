package io.ripen.engine.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} points, away for {1} days: {2}")
  @CsvSource({
    "30, 0, HOT",
    "30, 7, HOT",
    "30, 8, WARM",
    "29, 0, WARM",
    "10, 30, WARM",
    "200, 31, COLD",
    "9, 0, COLD",
    "-50, 0, COLD"
  })
  void a_lead_is_as_warm_as_score_and_absence_say(int score, int days, Temperature expected) {
    assertThat(ScoringFixture.TEMPERATURES.of(score, Duration.ofDays(days))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<text>10</text> | <text>ten</text> | rule 1, output points: is 'ten' (expected: a number)",
        "<text>10</text> | <text>0</text> | rule 1, output points: is '0' (expected: a whole",
        "<text>10</text> | <text>1.5</text> | rule 1, output points: is '1.5' (expected: a whole",
        "<text>10</text> | <text>1001</text> | rule 1, output points: is '1001' (expected: a whole",
        "<text>\"daily\"</text> | <text>\"weekly\"</text> | rule 1, output counts: is 'weekly'",
        "<text>\"read articles\"</text> | <text>\" \"</text> | rule 2, output reason: is empty",
        "<text>page.path</text> | <text>lead.visits</text> | nothing is known by the name lead.visits",
        "hitPolicy=\"COLLECT\" | hitPolicy=\"FIRST\" | the hit policy is FIRST (expected: Collect",
      })
  void a_broken_score_table_is_refused_with_place_and_reason(
      String edit, String by, String expected) throws IOException {
    Path file = edited(edit, by);
    assertThatThrownBy(() -> ScoreTable.read(file, new SimpleMeterRegistry()))
        .isInstanceOf(InvalidTable.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<text>\"hot\"</text> | <text>\"boiling\"</text> | rule 1, output temperature: is 'boiling'",
        "hitPolicy=\"FIRST\" | hitPolicy=\"COLLECT\" | the hit policy is COLLECT (expected: First",
        "<text>lead.daysAway</text> | <text>event.name</text> | nothing is known by the name",
      })
  void a_broken_temperature_table_is_refused_with_place_and_reason(
      String edit, String by, String expected) throws IOException {
    Path file = edited(edit, by);
    assertThatThrownBy(() -> TemperatureTable.read(file, new SimpleMeterRegistry()))
        .isInstanceOf(InvalidTable.class)
        .hasMessageContaining(expected);
  }

  private Path edited(String edit, String by) throws IOException {
    String shipped = Files.readString(ScoringFixture.FILE);
    int at = shipped.indexOf(edit);
    assertThat(at).as(edit).isPositive();
    return Files.writeString(
        folder.resolve("score.dmn"),
        shipped.substring(0, at) + by + shipped.substring(at + edit.length()));
  }
}
