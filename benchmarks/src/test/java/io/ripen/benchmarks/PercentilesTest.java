package io.ripen.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void each_is_a_time_that_was_measured() {
    Percentiles times =
        new Percentiles(
            IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList().reversed());

    assertThat(times.at(50)).isEqualTo(100);
    assertThat(times.at(99)).isEqualTo(198);
    assertThat(times.max()).isEqualTo(200);
  }

  @Test
  void one_time_is_every_percentile() {
    Percentiles times = new Percentiles(List.of(7.0));

    assertThat(times.at(50)).isEqualTo(7);
    assertThat(times.at(99)).isEqualTo(7);
  }
}
