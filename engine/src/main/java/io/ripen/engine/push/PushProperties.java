package io.ripen.engine.push;

import io.ripen.channels.webpush.PushKeys;
import io.ripen.channels.webpush.PushServices;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Notifications to browsers; none without the keys, which {@code ./ripen push keys} makes.
 *
 * @param publicKey what browsers subscribe to; with another one they have to subscribe anew
 * @param privateKey a secret
 * @param subject where the operator of a push service reaches you: {@code mailto:…} or {@code
 *     https://…}
 * @param services the push services that are written to; empty stands for those of the browsers
 * @param messagesPerSecond what this process may send at most to each of them
 * @param perMinute how often one address may subscribe
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long an answer may take; one that is missed leaves the outcome unknown
 */
@ConfigurationProperties("ripen.push")
record PushProperties(
    @Nullable String publicKey,
    @Nullable String privateKey,
    @Nullable String subject,
    @DefaultValue List<String> services,
    @DefaultValue("50") int messagesPerSecond,
    @DefaultValue("20") int perMinute,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("10s") Duration answerTimeout) {

  /** Whether there is such a channel here. */
  boolean isOn() {
    return publicKey != null && !publicKey.isBlank();
  }

  /**
   * Our keys.
   *
   * @throws IllegalArgumentException when something is missing or wrong, without the secret
   */
  PushKeys keys() {
    return new PushKeys(
        required("public-key", publicKey),
        required("private-key", privateKey),
        required("subject", subject));
  }

  PushServices pushServices() {
    return new PushServices(services.isEmpty() ? PushServices.PUBLIC : services);
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "ripen.push.%s is not set (expected: as ./ripen push keys prints it)".formatted(name));
    }
    return value.strip();
  }

  /** Without its secret. */
  @Override
  public String toString() {
    return "PushProperties[%s]".formatted(publicKey);
  }
}
