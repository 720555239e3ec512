package io.ripen.engine.splits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the rule errs, by many invented tests; always the same ones. */
class FixedLookTest {

  private static final int RUNS = 4000;

  @ParameterizedTest
  @CsvSource({
    "2, 100, 0.5",
    "2, 100, 0.05",
    "2, 1000, 0.08",
    "2, 1000, 0.01",
    "3, 1000, 0.08",
    "5, 500, 0.2"
  })
  void where_no_variant_is_better_it_picks_one_in_five_of_a_hundred_at_most(
      int variants, int leads, double rate) {
    SplittableRandom chance = new SplittableRandom(20_261_128);
    int picked = 0;
    for (int run = 0; run < RUNS; run++) {
      Map<String, Proportion> numbers = new LinkedHashMap<>();
      for (int variant = 0; variant < variants; variant++) {
        numbers.put("V" + variant, new Proportion(reached(chance, leads, rate), leads));
      }
      picked += FixedLook.winner(numbers).isPresent() ? 1 : 0;
    }
    // Within what chance itself may add to so many runs.
    assertThat(picked / (double) RUNS).isLessThan(0.05 + 2 * Math.sqrt(0.05 * 0.95 / RUNS));
  }

  @Test
  void the_better_one_is_picked_as_often_as_the_number_of_leads_promises() {
    double difference = Needed.difference(0.10);
    int leads = (int) Needed.leads(0.10, difference, 0.05);
    SplittableRandom chance = new SplittableRandom(20_261_128);
    int runs = 500;
    int right = 0;
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
      Map<String, Proportion> numbers =
          Map.of(
              "A", new Proportion(reached(chance, leads, 0.10 - difference / 2), leads),
              "B", new Proportion(reached(chance, leads, 0.10 + difference / 2), leads));
      String winner = FixedLook.winner(numbers).orElse("");
      right += winner.equals("B") ? 1 : 0;
      wrong += winner.equals("A") ? 1 : 0;
    }
    assertThat(right / (double) runs).isBetween(0.75, 0.85);
    assertThat(wrong).isZero();
  }

  /** Why there is one look: the reason that the documents give. */
  @Test
  void who_looks_after_every_hundred_leads_errs_one_time_in_five() {
    SplittableRandom chance = new SplittableRandom(20_261_128);
    int picked = 0;
    for (int run = 0; run < RUNS; run++) {
      int one = 0;
      int two = 0;
      boolean found = false;
      for (int leads = 100; leads <= 2000 && !found; leads += 100) {
        one += reached(chance, 100, 0.08);
        two += reached(chance, 100, 0.08);
        found =
            FixedLook.winner(
                    Map.of("A", new Proportion(one, leads), "B", new Proportion(two, leads)))
                .isPresent();
      }
      picked += found ? 1 : 0;
    }
    assertThat(picked / (double) RUNS).isGreaterThan(0.2);
  }

  @Test
  void the_winner_does_better_than_each_of_the_others() {
    assertThat(
            FixedLook.winner(
                Map.of(
                    "A", new Proportion(80, 1000),
                    "B", new Proportion(150, 1000),
                    "C", new Proportion(145, 1000))))
        .isEmpty();
    assertThat(
            FixedLook.winner(
                Map.of(
                    "A", new Proportion(80, 1000),
                    "B", new Proportion(150, 1000),
                    "C", new Proportion(85, 1000))))
        .contains("B");
  }

  private static int reached(SplittableRandom chance, int leads, double rate) {
    int reached = 0;
    for (int lead = 0; lead < leads; lead++) {
      reached += chance.nextDouble() < rate ? 1 : 0;
    }
    return reached;
  }
}
