package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

  private final RetryDelay delay = new RetryDelay(new Random(1));

  @ParameterizedTest
  @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "7, PT32M", "8, PT1H", "9, PT1H", "1000, PT1H"})
  void doubles_up_to_an_hour_give_or_take_a_fifth(int attempts, Duration expected) {
    for (int i = 0; i < 100; i++) {
      assertThat(delay.after(attempts, Duration.ZERO))
          .isBetween(
              expected.multipliedBy(8).dividedBy(10), expected.multipliedBy(12).dividedBy(10));
    }
  }

  @Test
  void waits_as_long_as_the_provider_asks() {
    assertThat(delay.after(1, Duration.ofMinutes(15))).isGreaterThan(Duration.ofMinutes(11));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0, PT30S", "PT0S, 1, PT2M", "PT3M, 0, PT3M", "PT3M, 0.5, PT7M30S"})
  void how_often_it_was_tried_says_nothing_of_a_channel_that_is_away(
      Duration advised, double youth, Duration expected) {
    for (int i = 0; i < 100; i++) {
      assertThat(delay.whileAway(advised, youth))
          .isBetween(expected, expected.multipliedBy(11).dividedBy(10));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT1H, PT2H, PT1H", "PT1H, PT40M, PT20M", "PT1M, PT30S, PT15S", "PT1M, PT29S,"})
  void a_last_try_fits_into_what_is_left(
      Duration wanted, Duration left, @Nullable Duration expected) {
    assertThat(RetryDelay.inTime(wanted, left)).isEqualTo(Optional.ofNullable(expected));
  }
}
