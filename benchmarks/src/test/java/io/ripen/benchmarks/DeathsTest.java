package io.ripen.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeathsTest {

  private static final Set<String> NONE = Set.of();

  @Test
  void assumed_as_sent_nothing_is_doubled_and_what_nobody_knows_is_told() {
    var deaths =
        new Deaths(
            WhenUncertain.ASSUME_SENT,
            4,
            Set.of("a", "b"),
            Set.of("c", "d"),
            Set.of("b"),
            Map.of("a", 1, "b", 1, "c", 1));

    deaths.check();
    assertThat(deaths.table().toString())
        .containsPattern("uncertain, as a worker died.* 2 ")
        .containsPattern("of these the mail server has +\\| +1 ");
  }

  @Test
  void assumed_as_sent_one_that_came_twice_breaks_the_promise() {
    var deaths =
        new Deaths(WhenUncertain.ASSUME_SENT, 1, Set.of("a"), NONE, Set.of("a"), Map.of("a", 2));

    assertThatThrownBy(deaths::check).isInstanceOf(Failure.class).hasMessageContaining("1 doubled");
  }

  @Test
  void resent_nothing_is_lost_and_what_came_twice_is_what_was_sent_again() {
    var deaths =
        new Deaths(
            WhenUncertain.RESEND,
            3,
            Set.of("a", "b", "c"),
            NONE,
            Set.of("b", "c"),
            Map.of("a", 1, "b", 2, "c", 1));

    deaths.check();
    assertThat(deaths.table().toString())
        .containsPattern("tried more than once.* 2 ")
        .containsPattern("has once +\\| +1 ")
        .containsPattern("same Message-ID +\\| +1 ");
  }

  @Test
  void resent_one_that_came_twice_for_no_reason_or_stays_uncertain_breaks_the_promise() {
    var unasked = new Deaths(WhenUncertain.RESEND, 1, Set.of("a"), NONE, NONE, Map.of("a", 2));
    var open = new Deaths(WhenUncertain.RESEND, 1, NONE, Set.of("a"), Set.of("a"), Map.of("a", 1));
    var lost = new Deaths(WhenUncertain.RESEND, 1, Set.of("a"), NONE, Set.of("a"), Map.of());

    assertThatThrownBy(unasked::check).hasMessageContaining("1 doubled for no reason");
    assertThatThrownBy(open::check).hasMessageContaining("1 not settled");
    assertThatThrownBy(lost::check).hasMessageContaining("1 touches lost");
  }
}
