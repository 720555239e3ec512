package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlaClockTest {

  private static final Instant SINCE = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant DUE = SINCE.plus(Duration.ofHours(4));

  @ParameterizedTest
  @CsvSource({
    "PT0S, 4 h left, good, 0",
    "PT1H59M, 2 h 1 min left, good, 49",
    "PT2H, 2 h left, warn, 50",
    "PT3H59M30S, less than a minute left, warn, 99",
    "PT4H, less than a minute late, bad, 100",
    "PT4H35M, 35 min late, bad, 100",
    "P2DT5H, 2 d 1 h late, bad, 100",
    "P1DT4H, 1 d late, bad, 100",
    "PT-1H, 5 h left, good, 0"
  })
  void it_says_how_much_is_left_and_turns_with_the_time(
      Duration gone, String text, String look, int percent) {
    assertThat(SlaClock.of(SINCE, DUE, SINCE.plus(gone)))
        .isEqualTo(new SlaClock(text, look, percent));
  }

  @Test
  void a_task_without_a_due_date_has_no_limit() {
    assertThat(SlaClock.of(SINCE, null, SINCE)).isEqualTo(new SlaClock("no limit", "", 0));
  }

  @Test
  void a_task_that_was_due_when_it_came_is_late_at_once() {
    assertThat(SlaClock.of(DUE, SINCE, DUE).look()).isEqualTo("bad");
  }
}
