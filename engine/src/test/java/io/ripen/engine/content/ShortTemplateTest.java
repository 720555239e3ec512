package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTemplateTest {

  private static final String SID = "HX" + "0123456789abcdef".repeat(2);

  @Test
  void title_buttons_and_text_are_told_apart() throws ContentProblem {
    ShortText text =
        render(
            """
            Title: Still there, {{ lead.firstName | default: "you" }}?
            Button: See the cart -> {{ cart.url }}
            Button: Yes -> {{ links.answer.help.yes }}

            Your cart is waiting.
            {{ lead.firstName }}: it is.
            """,
            Map.of("lead", Map.of("firstName", "Anna"), "cart", Map.of("url", "https://shop/c")));
    assertThat(text.title()).isEqualTo("Still there, Anna?");
    assertThat(text.text()).isEqualTo("Your cart is waiting.\nAnna: it is.");
    assertThat(text.buttons())
        .containsExactly(
            new ShortText.Button("See the cart", "https://shop/c"),
            new ShortText.Button("Yes", "https://example.com/help/yes"));
  }

  @Test
  void a_text_alone_is_enough_and_a_button_to_nowhere_is_left_out() throws ContentProblem {
    assertThat(render("Note: no header of ours.", Map.of()).text())
        .isEqualTo("Note: no header of ours.");
    assertThat(render("Button: Cart -> {{ cart.url }}\n\nHello", Map.of()).buttons()).isEmpty();
    assertThat(
            render(
                    "Button: Cart -> {{ cart.url }}\n\nHello",
                    Map.of("cart", Map.of("url", "javascript:alert(1)")))
                .buttons())
        .isEmpty();
  }

  @Test
  void a_template_for_whatsapp_is_named_with_its_variables() throws ContentProblem {
    ShortText text =
        render(
            """
            Title: Still there?
            WhatsApp: %s
            WhatsApp 1: {{ lead.firstName | default: "dear customer" }}
            WhatsApp cartLink:  {{ cart.url }}

            Your cart is waiting.
            """
                .formatted(SID),
            Map.of("cart", Map.of("url", "https://shop/c")));

    assertThat(text.whatsApp())
        .isEqualTo(
            new ShortText.WhatsApp(
                SID, new TreeMap<>(Map.of("1", "dear customer", "cartLink", "https://shop/c"))));
    assertThat(text.text()).isEqualTo("Your cart is waiting.");
    assertThat(render("\nWhatsApp us: we answer.", Map.of()).whatsApp()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'Title: a|Title: b||x', 'line 2: this line cannot be read'",
    "'Button: See it||x', 'line 1: this line cannot be read'",
    "'Title: a|x', 'line 2: no empty line before the text'",
    "'Title: a||{{ lead.firstName }}', 'the text is empty for this lead'",
    "'Title: a|||{{ x | frobnicate }} {{', 'line 4'",
    "'WhatsApp: order_update||x', 'line 1: \"order_update\" is no content template for WhatsApp'",
    "'WhatsApp:||x', 'line 1: \"\" is no content template for WhatsApp'",
    "'WhatsApp 1: a|WhatsApp: HX00||x', 'line 1: a variable of a template, and no template'",
    "'WhatsApp: HX00000000000000000000000000000000|WhatsApp 1: a|WhatsApp 1: b||x', 'line 3: this line cannot be read'",
    "'WhatsApp: HX00000000000000000000000000000000|WhatsApp: HX00000000000000000000000000000000||x', 'line 2: this line cannot be read'",
    "'WhatsApp: HX00000000000000000000000000000000|WhatsApp 1: {{ x | nothing }}||x', 'line 2'"
  })
  void what_is_wrong_is_told_by_line_and_remedy(String text, String problem) {
    assertThatThrownBy(() -> render(text.replace('|', '\n'), Map.of()))
        .isInstanceOf(ContentProblem.class)
        .hasMessageContaining(problem);
  }

  private static ShortText render(String text, Map<String, @Nullable Object> known)
      throws ContentProblem {
    Map<String, @Nullable Object> facts = new HashMap<>(known);
    facts.put(
        "links",
        MessageLinks.tree(
            null, "", null, null, null, (q, a) -> "https://example.com/" + q + "/" + a));
    return ShortTemplate.compile("en", LiquidSource.plain("f.en.short.txt", text)).render(facts);
  }
}
