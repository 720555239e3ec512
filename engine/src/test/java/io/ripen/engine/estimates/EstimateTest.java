package io.ripen.engine.estimates;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.flows.FlowLoad;
import io.ripen.engine.flows.FlowLoad.Send;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EstimateTest {

  private static final Lately LATELY =
      new Lately(
          7,
          Map.of("product.browsed", 7.0, "score.crossed", 7.0, "cart.updated", 2 / 24.0),
          Map.of("product.browsed", 168L, "cart.updated", 4L),
          Map.of("product.browsed", Map.of("email.marketing", 84L, "sms.marketing", 0L)),
          Map.of("stage.mql", 21L, "segment.entered.full-carts", 14L),
          Map.of("Signed Up", 12L, "Segment Entered", 900L),
          Map.of("nurturing", 7L),
          Map.of("nurturing", 700L),
          Map.of("browsed", new Lately.Entries(160, 40)),
          Map.of("browsed", Map.of("email.marketing", 35L, "push.marketing", 7L)));

  @Test
  void runs_are_those_of_its_signals_that_may_enter_and_touches_what_they_can_get() {
    assertThat(
            lines(
                flow(
                    "browsed",
                    Map.of("product.browsed", Set.of("Product Viewed")),
                    true,
                    new Send("best", "marketing", 1),
                    new Send("email", "marketing", 2),
                    new Send("popup", "marketing", 1),
                    new Send("sms", "marketing", 1))))
        .containsExactly(
            "browsed: about 24 runs a day = 24 by product.browsed, of which 6 may enter, as 40 of"
                + " 160 did",
            "  best channel, marketing: at most 6 touches a day = 6 runs × 1 step; 1 a day were"
                + " sent lately",
            "  e-mail, marketing: at most 6 touches a day = 6 runs × 2 steps × 50 % who allow it;"
                + " 5 a day were sent lately",
            "  popup, marketing: at most 6 touches a day = 6 runs × 1 step; 0 a day were sent"
                + " lately",
            "  SMS, marketing: at most 0 touches a day = 6 runs × 1 step × 0 % who allow it; 0 a"
                + " day were sent lately");
  }

  @Test
  void what_nothing_waited_for_is_told_by_what_brings_it_about() {
    assertThat(lines(flow("a", Map.of("segment.entered.full-carts", Set.of()), false)))
        .containsExactly("a: about 2 runs a day = 2 by segment.entered.full-carts");
    assertThat(lines(flow("a", Map.of("segment.entered.nobody", Set.of("Segment Entered")), false)))
        .containsExactly("a: about 0 runs a day = 0 by segment.entered.nobody");
    assertThat(lines(flow("a", Map.of("stage.mql", Set.of()), false)))
        .containsExactly("a: about 3 runs a day = 3 by stage.mql");
    assertThat(lines(flow("a", Map.of("registration.completed", Set.of("Signed Up")), false)))
        .containsExactly(
            "a: about 12 runs a day = 12 at most by registration.completed, as Signed Up came in"
                + " the last day");
    assertThat(lines(flow("a", Map.of("help.requested", Set.of("Question Answered")), false)))
        .containsExactly(
            "a: runs a day are not known: help.requested, as no flow has waited for it yet");
  }

  @Test
  void a_signal_that_a_flow_waits_for_since_lately_goes_by_that_time() {
    assertThat(lines(flow("a", Map.of("cart.updated", Set.of()), false)))
        .containsExactly("a: about 48 runs a day = 48 by cart.updated (counted for 2 hours)");
    Lately young =
        JsonMapper.shared()
            .readValue(
                """
        {"days": 7, "awaited": {"cart.updated": 0.001}, "signals": {"cart.updated": 2}}
        """,
                Lately.class);
    FlowLoad flow = flow("a", Map.of("cart.updated", Set.of()), false);
    assertThat(new Estimate(young, List.of(flow)).of(flow))
        .as("of less than an hour no day can be told, and what an answer lacks is none")
        .containsExactly("a: about 48 runs a day = 48 by cart.updated (counted for 1 hour)");
  }

  @ParameterizedTest
  @CsvSource({"7, 7 days", "1.5, 2 days", "1, 24 hours", "0.04, 1 hour", "0, 1 hour"})
  void a_span_is_told_in_words(double days, String words) {
    assertThat(Estimate.span(days)).isEqualTo(words);
  }

  @Test
  void what_nobody_can_know_is_said() {
    assertThat(
            lines(
                flow(
                    "a",
                    Map.of("page.revisited", Set.of()),
                    false,
                    new Send("email", "marketing", 1))))
        .containsExactly(
            "a: runs a day are not known: page.revisited, as no flow has waited for it yet",
            "  e-mail, marketing: 0 a day were sent lately");
    assertThat(
            lines(flow("a", Map.of("page.revisited", Set.of(), "score.crossed", Set.of()), false)))
        .containsExactly(
            "a: about 0 runs a day = 0 by score.crossed; not known: page.revisited, as no flow has"
                + " waited for it yet");
    assertThat(lines(flow("a", Map.of(), false)))
        .containsExactly("a: starts by hand or by ./ripen flow start, which nobody did lately");
  }

  @Test
  void other_flows_and_broadcasts_start_it_too() {
    assertThat(lines(flow("nurturing", Map.of("product.browsed", Set.of()), false)))
        .containsExactly(
            "nurturing: about 125 runs a day = 24 by product.browsed + 1 by other flows + 100 by"
                + " ./ripen flow start");
    FlowLoad starter =
        new FlowLoad(
            "browsed", Map.of("product.browsed", Set.of()), List.of(), Set.of("new"), true);
    FlowLoad started = flow("new", Map.of(), false);
    assertThat(new Estimate(LATELY, List.of(starter, started)).of(started))
        .containsExactly("new: about 6 runs a day = 6 at most by the flow browsed");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.01, less than 0.1",
    "0.06, 0.1",
    "1, 1",
    "1.44, 1.4",
    "9.96, 10",
    "1234.5, '1,235'"
  })
  void numbers_are_as_exact_as_somebody_can_use(double number, String shown) {
    assertThat(Estimate.number(number)).isEqualTo(shown);
  }

  private static List<String> lines(FlowLoad flow) {
    return new Estimate(LATELY, List.of(flow)).of(flow);
  }

  private static FlowLoad flow(
      String id, Map<String, Set<String>> starts, boolean asks, Send... sends) {
    return new FlowLoad(id, starts, List.of(sends), Set.of(), asks);
  }
}
