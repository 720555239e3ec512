package io.ripen.engine.scoring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How points are kept.
 *
 * @param halfLife the time in which points fade by half, as in {@code 90d}; where it is not set
 *     they stay. After a change {@code ripen score recompute} makes all scores anew.
 */
@ConfigurationProperties("ripen.scoring")
record ScoringProperties(@Nullable Duration halfLife) {

  ScoringProperties {
    if (halfLife != null && !halfLife.isPositive()) {
      throw new IllegalArgumentException(
          "ripen.scoring.half-life is %s (expected: more than nothing, as in 90d)"
              .formatted(halfLife));
    }
  }
}
