package io.ripen.engine.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  record Kettle(int litres, boolean whistles, @Nullable String colour) {}

  private static final Map<String, TableFact<Kettle>> FACTS =
      Map.of(
          "LITRES", new TableFact<>("kettle.litres", Kettle::litres),
          "WHISTLES", new TableFact<>("kettle.whistles", Kettle::whistles),
          "COLOUR", new TableFact<>("kettle.colour", Kettle::colour));

  @ParameterizedTest(name = "{0} {1}: {2} l, whistles {3}, {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "LITRES   | >= 2             | 2 | false | red | true  | true",
        "LITRES   | >= 2             | 1 | false | red | false | true",
        "LITRES   | < 2.5            | 2 | false | red | true  | true",
        "LITRES   | > 2              | 2 | false | red | false | true",
        "LITRES   | <= 2             | 3 | false | red | false | true",
        "LITRES   | 3                | 3 | false | red | true  | true",
        "LITRES   | [2..4]           | 9 | false | red | true  | false",
        "WHISTLES | true             | 1 | false | red | false | true",
        "WHISTLES | false            | 1 | false | red | true  | true",
        "COLOUR   | \"blue\",\"tan\" | 1 | false | red | false | true",
        "COLOUR   | \"blue\",\"red\" | 1 | false | red | true  | true",
        "COLOUR   | not(\"red\")     | 1 | false | red | true  | false",
        "COLOUR   | -                | 1 | false | red | true  | true",
        "COLOUR   | \"red\"          | 1 | false |     | false | true",
      })
  void it_says_what_the_cell_says_and_whether_that_is_all_there_is_to_it(
      String fact,
      String cell,
      int litres,
      boolean whistles,
      @Nullable String colour,
      boolean mayMatch,
      boolean decides) {
    Guard<Kettle> guard = Guard.of(FACTS.get(fact), cell);
    assertThat(guard.mayMatch(new Kettle(litres, whistles, colour))).isEqualTo(mayMatch);
    assertThat(guard.decides()).isEqualTo(decides);
  }
}
