package io.ripen.engine.splits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {

  private final Map<String, String> fields = new HashMap<>(Map.of("variants", "A: 50, B: 50"));

  @Test
  void a_step_that_says_nothing_counts_orders_within_two_weeks_and_picks_nothing() {
    Experiment experiment = Experiment.read(fields::get);
    assertThat(experiment.goal()).isEqualTo(new Goal(Goal.Kind.ORDERED, null, Duration.ofDays(14)));
    assertThat(experiment.goal().words()).isEqualTo("ordered within 14 days");
    assertThat(experiment.lookAt()).isNull();
  }

  @Test
  void a_goal_may_be_any_event() {
    fields.putAll(Map.of("goal", "event", "event", " Trial Started ", "within", "PT36H"));
    assertThat(Experiment.read(fields::get).goal().words())
        .isEqualTo("“Trial Started” within 36 hours");
  }

  @ParameterizedTest
  @CsvSource({
    "variants, A: 50 B: 50",
    "goal, clicked",
    "within, P7D",
    "winner, better",
    "test, second subject"
  })
  void whatever_changes_makes_it_another_test(String field, String value) {
    String before = Experiment.read(fields::get).definition();
    fields.put(field, value.replace(" B", ", B").replace("50,", "60,"));
    assertThat(Experiment.read(fields::get).definition()).isNotEqualTo(before);
  }

  @Test
  void how_it_is_spaced_makes_no_difference() {
    String before = Experiment.read(fields::get).definition();
    fields.putAll(
        Map.of("variants", " A:50 ,B:50", "within", "P2W", "test", " ", "event", "Unused"));
    assertThat(Experiment.read(fields::get).definition()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "variants, '', no split",
    "goal, rich, 'expected: ordered, clicked, replied or event'",
    "goal, event, an event without a name",
    "within, soon, 'expected: P14D'",
    "within, P1M, 'expected: P14D'",
    "within, PT1S, 'expected: P14D'",
    "within, P366D, 'expected: P14D'",
    "winner, always, never or better"
  })
  void what_cannot_be_counted_is_refused_with_an_example(
      String field, String value, String expected) {
    fields.put(field, value);
    assertThatThrownBy(() -> Experiment.read(fields::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header \"" + field + "\"")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({"99", "-5", "many", "99999999"})
  void so_few_leads_or_so_many_decide_nothing(String leads) {
    fields.putAll(Map.of("winner", "better", "leads", leads));
    assertThatThrownBy(() -> Experiment.read(fields::get)).hasMessageContaining("such as 1000");
  }

  @Test
  void one_group_alone_cannot_win() {
    fields.putAll(Map.of("variants", "A: 1, B: 0", "winner", "better"));
    assertThatThrownBy(() -> Experiment.read(fields::get)).hasMessageContaining("two groups");
  }
}
