package io.ripen.engine.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order.total >= 50                                   | false",
        "not(order.total >= 50)                              | false",
        "lead.lastOrderAt < now() - duration(\"P60D\")       | false",
        "lead.traits.city.name = \"Eger\" and lead.orders = 0 | false",
        "null                                                | false",
        "order = null or lead.orders > 0                     | true",
        "order = null or order.total >= 50                   | true",
        "lead.lastOrderAt = null                             | true",
      })
  void what_cannot_be_said_of_a_fact_that_is_not_known_is_a_no(String condition, boolean holds)
      throws InvalidFeel {
    Map<String, @Nullable Object> lead = new HashMap<>(Map.of("orders", 0, "traits", Map.of()));
    lead.put("lastOrderAt", null);
    Map<String, @Nullable Object> facts = new HashMap<>(Map.of("lead", lead));
    facts.put("order", null);
    assertThat(feel.holds(condition, facts)).isEqualTo(holds);
  }

  @Test
  void an_order_that_was_cancelled_counts_as_one_unless_there_is_another() throws InvalidFeel {
    String condition = "order = null or lead.orders > 0";
    Map<String, Object> order = Map.of("state", "cancelled");
    assertThat(feel.holds(condition, Map.of("order", order, "lead", Map.of("orders", 0))))
        .isFalse();
    assertThat(feel.holds(condition, Map.of("order", order, "lead", Map.of("orders", 1)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lead.firstName", "lead.orders", "lead"})
  void what_is_neither_true_nor_false_nor_unknown_is_no_condition(String condition) {
    Map<String, @Nullable Object> facts =
        Map.of("lead", Map.of("firstName", "Planted", "orders", 2));
    assertThatThrownBy(() -> feel.holds(condition, facts))
        .isInstanceOf(InvalidFeel.class)
        .hasMessageContaining("expected: true or false")
        .message()
        .doesNotContain("Planted");
  }

  @Test
  void an_expression_is_parsed_for_the_first_that_asks_and_never_again() throws InvalidFeel {
    assertThat(feel.parse("=lead.score > 3")).isSameAs(feel.parse("=lead.score > 3"));
  }
}
