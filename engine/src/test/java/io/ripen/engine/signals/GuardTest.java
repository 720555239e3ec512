package io.ripen.engine.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  @ParameterizedTest(name = "{0} {1}: {2} visits")
  @CsvSource(
      delimiter = '|',
      value = {
        "lead.visits   | >= 2               | 2 | true",
        "lead.visits   | >= 2               | 1 | false",
        "lead.visits   | < 2.5              | 2 | true",
        "lead.visits   | > 2                | 2 | false",
        "lead.visits   | <= 2               | 3 | false",
        "lead.visits   | 3                  | 3 | true",
        "lead.visits   | [2..4]             | 9 | true",
        "lead.newVisit | true               | 1 | false",
        "lead.newVisit | false              | 1 | true",
        "lead.stage    | \"LEAD\",\"MQL\"   | 1 | false",
        "lead.stage    | \"LEAD\",\"VISITOR\" | 1 | true",
        "lead.stage    | not(\"VISITOR\")   | 1 | true",
        "lead.stage    | -                  | 1 | true",
        "page.visits   | >= 1               | 1 | false",
      })
  void it_says_no_only_where_the_cell_certainly_does(
      String fact, String cell, int visits, boolean mayMatch) {
    Occurrence occurrence =
        new Occurrence(
            Occurrences.event("track", "x", Occurrences.NOON),
            Occurrences.lead(visits, false),
            null,
            null,
            null);
    assertThat(Guard.of(Fact.named(fact), cell).mayMatch(occurrence)).isEqualTo(mayMatch);
  }

  /** Asks the engine with and without guards, for all that the shipped table is about. */
  @Test
  void no_guard_hides_what_the_engine_would_raise() {
    SignalTable table = SignalTable.read(SignalTableTest.SHIPPED, new SimpleMeterRegistry());
    List<Occurrence> all = new ArrayList<>();
    for (int visits : List.of(1, 2, 3)) {
      all.add(Occurrences.page(visits, true, visits, true));
      all.add(Occurrences.page(visits, false, visits, false));
    }
    for (String change : List.of("updated", "emptied", "ordered")) {
      all.add(Occurrences.cart(change));
    }
    for (String change : List.of("placed", "cancelled")) {
      all.add(Occurrences.order(change, true));
      all.add(Occurrences.order(change, false));
    }
    for (Occurrence occurrence : all) {
      assertThat(table.matching(occurrence, name -> true))
          .isEqualTo(table.withoutGuards(occurrence));
    }
  }
}
