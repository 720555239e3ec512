package io.ripen.workers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How workers work.
 *
 * @param endWithin how long a process that is told to end lets the jobs in hand take
 */
@ConfigurationProperties("ripen.workers")
record WorkersProperties(@DefaultValue("60s") Duration endWithin) {

  WorkersProperties {
    if (endWithin.isNegative()) {
      throw new IllegalArgumentException(
          "ripen.workers.end-within is %s (expected: 0s or more, such as 60s)"
              .formatted(endWithin));
    }
  }
}
