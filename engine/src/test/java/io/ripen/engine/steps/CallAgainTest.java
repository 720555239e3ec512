package io.ripen.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAgainTest {

  private static final RandomGenerator LEAST = () -> 0L;

  @ParameterizedTest
  @CsvSource({"1, PT30S", "2, PT1M", "5, PT8M", "8, PT1H", "100000, PT1H"})
  void pauses_double_up_to_an_hour(int failed, Duration after) {
    assertThat(new CallAgain(LEAST).after(failed, Duration.ZERO)).isEqualTo(after);
  }

  @Test
  void nobody_is_called_sooner_than_they_ask_for() {
    Duration asked = Duration.ofHours(3);
    CallAgain callAgain = new CallAgain(RandomGenerator.getDefault());
    for (int i = 0; i < 1000; i++) {
      assertThat(callAgain.after(1, asked)).isBetween(asked, asked.multipliedBy(6).dividedBy(5));
    }
  }
}
