package io.ripen.engine.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeelTest {

  private final Feel feel = new Feel(Clock.systemUTC());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=choice = \"yes\"                                    | choice",
        "if times = null then 1 else times + 1                | times",
        "lead.score > 3 and cart.state = \"open\"             | lead.score cart.state",
        "lead.visits between low and high                     | lead.visits low high",
        "lead.visits in [1..most]                             | lead.visits most",
        "list contains(lead.segments, \"guests\")             | lead.segments",
        "now() - duration(\"P1D\")                            | ''",
        "{a: 1, b: a + c.d}                                   | c.d",
        "for x in cart.items return x.price * partial[1]      | cart.items",
        "some x in a, y in x.parts satisfies y = z            | a z",
        "every x in a satisfies x.sold                        | a",
        "sort(a, function(x, z) x.at < z.at + y)              | a y",
        "greet(whom: lead.name)                               | lead.name",
        "cart.items[item.price > limit.low]                   | cart.items limit.low?",
        "cart.items[price > 3].name                           | cart.items price?",
        "`a name`.part                                        | a name.part",
      })
  void an_expression_tells_what_it_reads_from_around_it(String expression, String names)
      throws InvalidFeel {
    assertThat(
            feel.names(expression).stream()
                .map(name -> name + (name.ofElement() ? "?" : ""))
                .collect(Collectors.joining(" ")))
        .isEqualTo(names);
  }

  @Test
  void what_does_not_parse_has_no_names() {
    assertThatThrownBy(() -> feel.names("a = = b")).isInstanceOf(InvalidFeel.class);
  }

  @Test
  void an_expression_is_parsed_for_the_first_that_asks_and_never_again() throws InvalidFeel {
    assertThat(feel.parse("=lead.score > 3")).isSameAs(feel.parse("=lead.score > 3"));
  }
}
