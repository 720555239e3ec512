package io.ripen.engine.splits;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  private static final String FLOW = "nurturing";

  @Test
  void a_lead_always_gets_the_same_at_the_same_place() {
    Split split = Split.parse("A: 50, B: 50");
    UUID lead = UUID.randomUUID();
    assertThat(IntStream.range(0, 50).mapToObj(i -> split.variant(lead, FLOW, "split_a")))
        .containsOnly(split.variant(lead, FLOW, "split_a"));
  }

  @Test
  void weights_are_kept() {
    Split split = Split.parse("A: 70, B: 30, never: 0");
    Map<String, Long> counts =
        leads(10_000).collect(groupingBy(lead -> split.variant(lead, FLOW, "split_a"), counting()));
    assertThat(counts).containsOnlyKeys("A", "B");
    assertThat(counts.get("A")).isCloseTo(7000L, within(300L));
  }

  @Test
  void what_a_lead_gets_at_one_place_says_nothing_of_another() {
    Split split = Split.parse("A: 1, B: 1");
    long same =
        leads(10_000)
            .filter(
                lead ->
                    split
                        .variant(lead, FLOW, "split_a")
                        .equals(split.variant(lead, FLOW, "split_b")))
            .count();
    assertThat(same).isCloseTo(5000L, within(300L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "A: 50 B: 50", "A: 50, A: 50", "A: 0", "A: -1", "A: 5, ", "1: 5"})
  void what_is_no_split_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> Split.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as in A: 50, B: 50");
  }

  private static Stream<UUID> leads(int count) {
    // Numbered, so that the figures are the same each time.
    return IntStream.range(0, count).mapToObj(i -> new UUID(0x0190_0000_0000_7000L, i));
  }
}
