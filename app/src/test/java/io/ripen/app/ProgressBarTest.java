package io.ripen.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  @Test
  void it_tells_part_pace_and_what_is_left() {
    assertThat(ProgressBar.line(500_000, 1_000_000, 0, "leads", Duration.ofSeconds(100)))
        .isEqualTo(
            "  [###############···············]  50 %  500,000 of 1,000,000 leads"
                + "  5,000/s, 1 min left");
  }

  @Test
  void what_was_done_before_makes_it_no_faster() {
    assertThat(ProgressBar.line(900, 1_000, 800, "rows", Duration.ofSeconds(10)))
        .endsWith("900 of 1,000 rows  10/s, 10 s left");
  }

  @Test
  void nothing_to_do_is_all_done() {
    assertThat(ProgressBar.line(0, 0, 0, "leads", Duration.ZERO)).contains("100 %  0 of 0 leads");
  }
}
