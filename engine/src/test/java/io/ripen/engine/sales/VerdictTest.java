package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

  @Test
  void what_was_chosen_goes_on_as_it_came() throws InvalidVerdict {
    Map<String, Object> chosen =
        Map.of("outcome", "won", "budget", "yes", "authority", "self", "timing", "now");

    assertThat(Verdict.of(chosen).variables()).isEqualTo(chosen);
  }

  @Test
  void questions_that_were_not_asked_are_left_open() throws InvalidVerdict {
    Map<String, Object> chosen = new HashMap<>();
    chosen.put("outcome", "notNow");
    chosen.put("budget", "");
    chosen.put("need", null);

    assertThat(Verdict.of(chosen).answers()).isEmpty();
  }

  @Test
  void an_answer_that_is_none_of_ours_is_not_taken() throws InvalidVerdict {
    assertThat(Verdict.of(Map.of("outcome", "won", "budget", "ask Zsófia, +36 1 234")).answers())
        .isEmpty();
  }

  @Test
  void only_who_is_disqualified_has_a_reason() throws InvalidVerdict {
    assertThat(Verdict.of(Map.of("outcome", "won", "reason", "spam")).reason()).isNull();
    assertThat(Verdict.of(Map.of("outcome", "disqualified", "reason", "spam")).variables())
        .containsEntry("reason", "spam");
  }

  @Test
  void nobody_is_disqualified_without_a_reason() {
    assertThatExceptionOfType(InvalidVerdict.class)
        .isThrownBy(() -> Verdict.of(Map.of("outcome", "disqualified")))
        .withMessageContaining("expected: spam, unreachable or invalidContact");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "WON", "sold"})
  void an_outcome_that_is_none_is_refused(String outcome) {
    assertThatExceptionOfType(InvalidVerdict.class)
        .isThrownBy(() -> Verdict.of(Map.of("outcome", outcome)))
        .withMessageContaining("expected: one of won, notNow, noNeed, disqualified");
  }
}
