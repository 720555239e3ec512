package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped messages of customer care say to whom. */
class CustomerCareMessagesTest {

  private static final ZonedDateTime FIRST = ZonedDateTime.parse("2026-01-10T10:00:00Z");
  private static final ZonedDateTime SECOND = ZonedDateTime.parse("2026-02-20T10:00:00Z");
  private static final String KETTLE = "Blue kettle";

  private final MessageFolder messages = new MessageFolder(Path.of("..", "bpmn"));

  @ParameterizedTest
  @ValueSource(strings = {"onboarding", "review", "cross-sell", "repeat-order", "win-back"})
  void who_ordered_once_sees_what_it_was(String message) throws ContentProblem {
    for (String locale : List.of("en", "hu", "ru")) {
      RenderedMessage rendered = render(message, locale, order("placed"), FIRST);
      assertThat(rendered.html()).contains(KETTLE);
      assertThat(rendered.text()).contains(KETTLE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repeat-order | en | February 20, 2026",
        "repeat-order | hu | 2026. február 20.",
        "repeat-order | ru | 20 февраля 2026",
        "win-back     | en | February 20, 2026",
        "win-back     | hu | 2026. február 20.",
        "win-back     | ru | 20 февраля 2026",
      })
  void who_has_ordered_again_is_told_of_the_last_order_and_shown_no_other(
      String message, String locale, String day) throws ContentProblem {
    RenderedMessage rendered = render(message, locale, order("placed"), SECOND);
    assertThat(rendered.html()).contains(day).doesNotContain(KETTLE);
    assertThat(rendered.text()).contains(day).doesNotContain(KETTLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onboarding", "review", "cross-sell", "repeat-order", "win-back"})
  void what_was_cancelled_is_not_shown(String message) throws ContentProblem {
    for (String locale : List.of("en", "hu", "ru")) {
      RenderedMessage rendered = render(message, locale, order("cancelled"), SECOND);
      assertThat(rendered.preheader() + rendered.html() + rendered.text()).doesNotContain(KETTLE);
    }
  }

  @Test
  void whom_sales_won_without_an_order_is_told_of_none() throws ContentProblem {
    for (String message : List.of("onboarding", "review", "cross-sell", "win-back")) {
      RenderedMessage english = render(message, "en", null, null);
      assertThat(english.preheader() + english.html() + english.text())
          .as(message)
          .doesNotContainIgnoringCase("your order", "last order", "you ordered");
      RenderedMessage hungarian = render(message, "hu", null, null);
      assertThat(hungarian.preheader() + hungarian.html() + hungarian.text())
          .as(message)
          .doesNotContain("rendelés", "rendelte");
      RenderedMessage russian = render(message, "ru", null, null);
      assertThat(russian.preheader() + russian.html() + russian.text())
          .as(message)
          .doesNotContain("заказ");
    }
  }

  private RenderedMessage render(
      String message,
      String locale,
      @Nullable Map<String, Object> order,
      @Nullable ZonedDateTime lastOrderAt)
      throws ContentProblem {
    Map<String, @Nullable Object> lead = new HashMap<>();
    lead.put("lastOrderAt", lastOrderAt);
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("lead", lead);
    facts.put("order", order);
    facts.put("links", PreviewFacts.links("https://example.com/unsubscribe"));
    return messages.render("customer-care", message, locale, facts);
  }

  private static Map<String, Object> order(String state) {
    return Map.of(
        "state",
        state,
        "placedAt",
        FIRST,
        "items",
        List.of(Map.of("name", KETTLE, "quantity", BigDecimal.ONE)));
  }
}
