package io.ripen.engine.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {

  private final Window window = new Window(64);

  @Test
  void it_grows_step_by_step_up_to_its_limit() {
    assertThat(window.size()).isEqualTo(32);
    for (int i = 0; i < 5; i++) {
      window.taken();
    }
    assertThat(window.size()).isEqualTo(64);
    assertThat(window.rest()).isZero();
  }

  @Test
  void it_halves_down_to_one_and_rests_longer_and_longer() {
    for (int i = 0; i < 20; i++) {
      window.pushedBack(false);
    }
    assertThat(window.size()).isEqualTo(1);
    assertThat(window.rest()).isEqualTo(Duration.ofSeconds(10));
    window.pushedBack(true);
    assertThat(window.rest()).isEqualTo(Duration.ofMillis(100));
    window.taken();
    assertThat(window.rest()).isZero();
  }
}
