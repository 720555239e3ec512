package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactNamesTest {

  private final Feel feel = new Feel(Clock.systemUTC());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "led.score > 3               | led.score     | did you mean lead.score?",
        "Lead.score > 3              | Lead.score    | did you mean lead.score?",
        "lead.scor > 3               | lead.scor     | did you mean lead.score?",
        "lead.open_carts > 0         | lead.open_carts | did you mean lead.openCarts?",
        "led.traits.shoeSize > 40    | led.traits.shoeSize | did you mean lead.traits.shoeSize?",
        "cart.items.prise > 3        | cart.items.prise | did you mean cart.items.price?",
        "score > 3                   | score         | did you mean lead.score?",
        "lead.known and visit > 3    | visit         | did you mean lead.visits?",
        "lead.stage = LEAD           | LEAD          | use a fact that templates know, for example lead.stage, or write \"LEAD\" if it is a text",
        "customer.name = \"x\"       | customer.name | use a fact that templates know, for example lead.stage",
        "lead.email.domain = \"x\"   | lead.email.domain | use a fact that templates know, for example lead.stage",
        "links.telegram = \"x\"      | links.telegram | use a fact that templates know, for example lead.stage",
        "cart.items[led.score > 3]   | ''            | ''",
      })
  void a_name_that_is_no_fact_is_told_with_what_was_meant(String condition, String name, String fix)
      throws InvalidFeel {
    var unknown = FactNames.unknownIn(feel.names(condition));

    assertThat(unknown.map(FactNames.Unknown::name).orElse("")).isEqualTo(name);
    assertThat(unknown.map(it -> it.fix("lead.stage")).orElse("")).isEqualTo(fix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lead.stage = \"LEAD\" and lead.temperature != \"cold\"",
        "lead.consents.email.newsletter = true",
        "cart != null and cart.items[price > 10].name = \"mug\"",
        "count(cart.items[item.quantity > 1]) > 0",
        "lead.lastSeenAt.year = 2026",
        "lead.lastSeenAt < now() - duration(\"P30D\")",
        "some x in order.items satisfies x.brand = lead.traits.brand",
        "event.properties.plan.name = \"pro\"",
        "{need: lead.answers.need, hot: lead.score > 50}",
        "event.page.path = \"/lead.stag\"",
      })
  void what_some_lead_can_have_is_a_fact(String condition) throws InvalidFeel {
    assertThat(FactNames.unknownIn(feel.names(condition))).isEmpty();
  }
}
