package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
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
}
