package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeebeTasksTest {

  @ParameterizedTest
  @CsvSource({
    "404, Gone",
    "409, Taken",
    "400, Refused",
    "403, Refused",
    "408, Away",
    "429, Away",
    "500, Away",
    "503, Away"
  })
  void what_zeebe_answers_means_one_of_few_things(int code, String means) {
    assertThat(ZeebeTasks.answer(code, "why").getClass().getSimpleName()).isEqualTo(means);
  }
}
