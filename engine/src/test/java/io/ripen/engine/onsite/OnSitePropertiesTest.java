package io.ripen.engine.onsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OnSitePropertiesTest {

  private static final Duration BEAT = Duration.ofSeconds(25);

  @Test
  void as_many_windows_as_are_set() {
    assertThat(new OnSiteProperties(3, BEAT).windowsAtMost()).isEqualTo(3);
  }

  @Test
  void as_many_windows_as_memory_has_room_for() {
    assertThat(OnSiteProperties.roomIn(256L << 20)).isEqualTo(2340);
  }

  @Test
  void ten_thousand_windows_at_the_most() {
    assertThat(OnSiteProperties.roomIn(1L << 40)).isEqualTo(10_000);
    assertThat(new OnSiteProperties(null, BEAT).windowsAtMost()).isBetween(1, 10_000);
  }

  @Test
  void a_beat_without_a_pause_is_refused() {
    assertThatThrownBy(() -> new OnSiteProperties(null, Duration.ZERO))
        .hasMessage("ripen.on-site.beat is PT0S (expected: 1s or more)");
  }
}
