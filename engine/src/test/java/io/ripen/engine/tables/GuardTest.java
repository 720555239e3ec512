package io.ripen.engine.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  private record Kettle(int litres, boolean whistles, @Nullable String colour) {}

  private enum KettleFact implements TableFact<Kettle> {
    LITRES,
    WHISTLES,
    COLOUR;

    @Override
    public String path() {
      return "kettle." + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable Object of(Kettle kettle) {
      return switch (this) {
        case LITRES -> kettle.litres();
        case WHISTLES -> kettle.whistles();
        case COLOUR -> kettle.colour();
      };
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2} l, whistles {3}, {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "LITRES   | >= 2             | 2 | false | red | true",
        "LITRES   | >= 2             | 1 | false | red | false",
        "LITRES   | < 2.5            | 2 | false | red | true",
        "LITRES   | > 2              | 2 | false | red | false",
        "LITRES   | <= 2             | 3 | false | red | false",
        "LITRES   | 3                | 3 | false | red | true",
        "LITRES   | [2..4]           | 9 | false | red | true",
        "WHISTLES | true             | 1 | false | red | false",
        "WHISTLES | false            | 1 | false | red | true",
        "COLOUR   | \"blue\",\"tan\" | 1 | false | red | false",
        "COLOUR   | \"blue\",\"red\" | 1 | false | red | true",
        "COLOUR   | not(\"red\")     | 1 | false | red | true",
        "COLOUR   | -                | 1 | false | red | true",
        "COLOUR   | \"red\"          | 1 | false |     | false",
      })
  void it_says_no_only_where_the_cell_certainly_does(
      KettleFact fact,
      String cell,
      int litres,
      boolean whistles,
      @Nullable String colour,
      boolean mayMatch) {
    Guard<Kettle> guard = Guard.of(fact, cell);
    assertThat(guard.mayMatch(new Kettle(litres, whistles, colour))).isEqualTo(mayMatch);
  }
}
