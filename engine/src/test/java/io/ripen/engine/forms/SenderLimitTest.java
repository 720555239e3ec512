package io.ripen.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderLimitTest {

  private final SenderLimit limit =
      new SenderLimit(1, Duration.ofMinutes(1), TimeMeter.SYSTEM_MILLISECONDS);

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff::1, true",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:3:3:4:5:6, false",
    "2001:db8::1, 2001:db8:0:0:7::2, true",
    "::1, 0:0:0:0:0:0:0:9, true",
  })
  void a_household_is_one_sender(String one, String other, boolean isSame) {
    limit.take(one);

    assertThat(limit.take(other).isZero()).isEqualTo(!isSame);
  }
}
