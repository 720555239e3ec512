package io.ripen.engine.splits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.splits.CountJdbc.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingTest {

  private static final Instant AT = Instant.parse("2026-12-03T10:00:00Z");

  @Test
  void the_better_one_is_told_with_both_rates_and_what_lies_between() {
    assertThat(finding(null, Map.of("A", count(67, 835), "B", count(102, 840))))
        .isEqualTo(
            "B does better than A: 12.1\u00a0% of 840 against 8.0\u00a0% of 835, which is 1.2 to 7.0"
                + " points more.");
    assertThat(finding(null, Map.of("A", count(102, 840), "B", count(67, 835))))
        .startsWith("A does better than B: 12.1\u00a0% of 840 against 8.0\u00a0% of 835");
  }

  @Test
  void a_bigger_number_alone_is_no_finding() {
    assertThat(finding(null, Map.of("A", count(67, 835), "B", count(78, 840))))
        .isEqualTo(
            "No difference between A and B can be told yet; some 4,600 leads more would be needed to"
                + " see one of 2 points.");
  }

  @Test
  void where_a_difference_would_have_shown_it_says_so() {
    assertThat(finding(null, Map.of("A", count(800, 10_000), "B", count(805, 10_000))))
        .isEqualTo(
            "No difference between A and B can be told; one of 2 points would most likely have shown"
                + " by now.");
  }

  @Test
  void of_few_leads_nothing_is_said() {
    assertThat(finding(null, Map.of("A", count(0, 99), "B", count(60, 120))))
        .isEqualTo(
            "Too early to tell: a group has 99 leads whose time of 14 days is over, and it takes 100 in"
                + " each.");
    assertThat(finding(null, Map.of())).contains("a group has 0 leads");
  }

  @Test
  void before_the_rule_looks_nothing_is_told_that_one_could_stop_at() {
    assertThat(finding(1000, Map.of("A", count(67, 835), "B", count(102, 840))))
        .isEqualTo(
            "Decided at one look, when each group has 1,000 leads whose time of 14 days is over; the"
                + " smallest has 835 now. What the table shows before that misleads easily.");
  }

  @Test
  void what_was_decided_is_told_by_the_numbers_of_that_time() {
    Map<String, Proportion> numbers = new LinkedHashMap<>();
    numbers.put("A", new Proportion(80, 1003));
    numbers.put("B", new Proportion(121, 1000));
    assertThat(Finding.of(experiment(1000), new Look(AT, "B", numbers), Map.of()))
        .isEqualTo(
            "Decided on 3 December 2026: B does better than A: 12.1\u00a0% of 1,000 against"
                + " 8.0\u00a0% of 1,003, which is 1.5 to 6.8 points more. New leads get B; who had"
                + " another group keeps it.");
    assertThat(Finding.of(experiment(1000), new Look(AT, null, numbers), Map.of()))
        .isEqualTo(
            "Looked at on 3 December 2026: no group did better than each of the others (A: 8.0\u00a0% of"
                + " 1,003, B: 12.1\u00a0% of 1,000), so leads go on being divided.");
  }

  @Test
  void rough_numbers_are_never_too_small() {
    assertThat(Needed.roughly(2301)).isEqualTo(2400);
    assertThat(Needed.roughly(99)).isEqualTo(99);
    assertThat(Needed.roughly(100)).isEqualTo(100);
    assertThat(Needed.roughly(123_456)).isEqualTo(130_000);
  }

  /** Fleiss, Statistical Methods for Rates and Proportions: without correction for continuity. */
  @Test
  void the_number_of_leads_is_the_textbook_s() {
    assertThat(Needed.leads(0.15, 0.10, 0.05)).isBetween(195L, 200L);
    // By the formula's own factors: ((2.2414 + 0.8416) / (1.9600 + 0.8416))² = 1.211.
    assertThat(Needed.leads(0.15, 0.10, 0.025)).isBetween(236L, 243L);
  }

  private static String finding(@Nullable Integer lookAt, Map<String, Count> counts) {
    return Finding.of(experiment(lookAt), null, counts);
  }

  private static Experiment experiment(@Nullable Integer lookAt) {
    return new Experiment(
        "",
        Split.parse("A: 50, B: 50"),
        new Goal(Goal.Kind.ORDERED, null, Duration.ofDays(14)),
        lookAt);
  }

  private static Count count(long reached, long leads) {
    return new Count(leads, reached, 0, 0);
  }
}
