package io.ripen.engine.splits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

  private static final double LAST_DIGIT = 0.00006;

  /** Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    " 0,  20, 0.0000, 0.1611",
    " 1,  29, 0.0061, 0.1718"
  })
  void a_rate_has_the_published_interval(int reached, int leads, double low, double high) {
    Interval interval = new Proportion(reached, leads).interval(Proportion.ERROR);
    assertThat(interval.low()).isCloseTo(low, within(LAST_DIGIT));
    assertThat(interval.high()).isCloseTo(high, within(LAST_DIGIT));
  }

  /** Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80,  0.0524, 0.3339",
    " 9, 10,  3, 10,  0.1705, 0.8090",
    " 6,  7,  2,  7,  0.0582, 0.8062",
    " 5, 56,  0, 29, -0.0381, 0.1926",
    " 0, 10,  0, 20, -0.1611, 0.2775",
    " 0, 10,  0, 10, -0.2775, 0.2775",
    "10, 10,  0, 20,  0.6791, 1.0000",
    "10, 10,  0, 10,  0.6075, 1.0000"
  })
  void a_difference_has_the_published_interval(
      int reached, int leads, int otherReached, int otherLeads, double low, double high) {
    Interval more =
        new Proportion(reached, leads)
            .moreThan(new Proportion(otherReached, otherLeads), Proportion.ERROR);
    assertThat(more.low()).isCloseTo(low, within(LAST_DIGIT));
    assertThat(more.high()).isCloseTo(high, within(LAST_DIGIT));
  }

  @Property
  void the_interval_contains_the_rate(
      @ForAll @IntRange(min = 1, max = 100_000) int leads,
      @ForAll @IntRange(min = 0, max = 100_000) int some) {
    Proportion proportion = new Proportion(some % (leads + 1), leads);
    Interval interval = proportion.interval(Proportion.ERROR);
    assertThat(proportion.rate()).isBetween(interval.low(), interval.high());
    assertThat(interval.low()).isNotNegative();
    assertThat(interval.high()).isLessThanOrEqualTo(1);
  }

  @Property
  void the_same_rate_of_more_leads_is_known_better(
      @ForAll @IntRange(min = 1, max = 10_000) int leads,
      @ForAll @IntRange(min = 0, max = 10_000) int some,
      @ForAll @IntRange(min = 2, max = 50) int times) {
    int reached = some % (leads + 1);
    assertThat(
            width(
                new Proportion((long) reached * times, (long) leads * times)
                    .interval(Proportion.ERROR)))
        .isLessThan(width(new Proportion(reached, leads).interval(Proportion.ERROR)));
  }

  @Property
  void a_difference_is_the_same_from_both_sides_and_contains_what_was_seen(
      @ForAll @IntRange(min = 1, max = 10_000) int leads,
      @ForAll @IntRange(min = 0, max = 10_000) int some,
      @ForAll @IntRange(min = 1, max = 10_000) int otherLeads,
      @ForAll @IntRange(min = 0, max = 10_000) int otherSome) {
    Proportion one = new Proportion(some % (leads + 1), leads);
    Proportion two = new Proportion(otherSome % (otherLeads + 1), otherLeads);
    Interval more = one.moreThan(two, Proportion.ERROR);
    Interval less = two.moreThan(one, Proportion.ERROR);
    assertThat(one.rate() - two.rate()).isBetween(more.low(), more.high());
    assertThat(less.low()).isCloseTo(-more.high(), within(1e-12));
    assertThat(less.high()).isCloseTo(-more.low(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "-1, 5"})
  void what_is_no_part_is_refused(int reached, int leads) {
    assertThatThrownBy(() -> new Proportion(reached, leads))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: some of one or more");
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
