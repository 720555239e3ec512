package io.ripen.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void it_can_be_read_as_it_is() {
    Table table = new Table("what", "events/s").row("door", Table.number(12_345.6)).row("x", "");

    assertThat(table.toString())
        .isEqualTo(
            """
            | what | events/s |
            |------|---------:|
            | door |   12,346 |
            | x    |          |
            """);
  }

  @Test
  void numbers_have_the_digits_that_say_something() {
    assertThat(Table.number(0.1234)).isEqualTo("0.123");
    assertThat(Table.number(12.34)).isEqualTo("12.3");
    assertThat(Table.number(1234.4)).isEqualTo("1,234");
    assertThat(Table.number(Double.NaN)).isEqualTo("not measured here");
  }
}
