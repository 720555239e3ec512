package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How touches are retried and settled.
 *
 * @param useBy how long after it was planned a touch is of use, where its flow does not say: it is
 *     tried, and waits for its time, for so long at most
 * @param whenUncertain by channel, what to do when nobody can know whether the provider has a
 *     message; {@code assume-sent} where nothing is said
 */
@ConfigurationProperties("ripen.touches")
record TouchesProperties(
    @DefaultValue("48h") Duration useBy, @DefaultValue Map<String, WhenUncertain> whenUncertain) {

  /**
   * The policy.
   *
   * @throws IllegalArgumentException when it names no channel
   */
  TouchPolicy policy(EmailProperties email) {
    Map<Medium, WhenUncertain> byMedium = new EnumMap<>(Medium.class);
    whenUncertain.forEach(
        (name, policy) -> {
          Medium medium = Medium.named(name);
          if (medium == null) {
            throw new IllegalArgumentException(
                "ripen.touches.when-uncertain names \"%s\" (expected: one of %s)"
                    .formatted(name, Arrays.stream(Medium.values()).map(Medium::lower).toList()));
          }
          byMedium.put(medium, policy);
        });
    return new TouchPolicy(email.lease(), email.answerLease(), useBy, byMedium);
  }
}
