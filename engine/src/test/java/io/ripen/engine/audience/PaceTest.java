package io.ripen.engine.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long now = 17;
  private final Pace pace = new Pace(600, () -> now);

  @Test
  void it_begins_with_one_and_gives_one_after_the_other() {
    assertThat(spend()).isEqualTo(1);
    pass(Duration.ofSeconds(5));
    assertThat(spend()).isZero();
    pass(Duration.ofSeconds(2));
    assertThat(spend()).isEqualTo(1);
  }

  @Test
  void in_an_hour_it_gives_what_was_asked_for() {
    int all = spend();
    for (int second = 0; second < 3600; second++) {
      pass(Duration.ofSeconds(1));
      all += spend();
    }
    assertThat(all).isBetween(600, 601);
  }

  @Test
  void what_was_held_up_is_not_made_good_at_once() {
    pass(Duration.ofHours(5));
    assertThat(spend()).isEqualTo(10);
  }

  private int spend() {
    int allowed = pace.allowed();
    for (int i = 0; i < allowed; i++) {
      pace.spend();
    }
    return allowed;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
