package io.ripen.channels.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;

/**
 * The other system, and how to talk to it.
 *
 * @param url where it takes requests; what stands in its path and query may be a secret, too
 * @param secret {@code whsec_} and 24 to 64 bytes in Base64, as in the Standard Webhooks
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long it may take to answer
 */
public record WebhookEndpoint(
    URI url, String secret, Duration connectTimeout, Duration answerTimeout) {

  private static final String PREFIX = "whsec_";

  public WebhookEndpoint {
    if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
        || url.getHost() == null
        || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the webhook's address cannot be used (expected: one such as https://example.com/ripen)");
    }
    int bytes = key(secret).length;
    if (bytes < 24 || bytes > 64) {
      throw new IllegalArgumentException(
          "the webhook's secret has %d bytes (expected: whsec_ and 24 to 64 bytes in Base64)"
              .formatted(bytes));
    }
  }

  public WebhookEndpoint(URI url, String secret) {
    this(url, secret, Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  byte[] key() {
    return key(secret);
  }

  private static byte[] key(String secret) {
    try {
      return Base64.getDecoder()
          .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the webhook's secret is not Base64 (expected: whsec_ and 24 to 64 bytes in Base64)");
    }
  }

  /** Leaves out what must not be read in a log. */
  @Override
  public String toString() {
    return "WebhookEndpoint[%s]".formatted(url.getHost());
  }
}
