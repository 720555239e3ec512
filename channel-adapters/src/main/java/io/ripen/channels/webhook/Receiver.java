package io.ripen.channels.webhook;

import java.net.URI;
import java.util.Locale;

/**
 * Whoever runs the host that a webhook's address names.
 *
 * @param name the host, in lower case, with its port where that is not the usual one
 */
public record Receiver(String name) {

  /**
   * The receiver at an address.
   *
   * @throws IllegalArgumentException when it is none that can be called
   */
  public static Receiver at(URI url) {
    if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
        || url.getHost() == null
        || url.getRawUserInfo() != null) {
      // It may hold a secret, so it is not repeated.
      throw new IllegalArgumentException(
          "the webhook's address cannot be used (expected: one such as https://example.com/ripen)");
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    int usual = "https".equals(url.getScheme()) ? 443 : 80;
    return new Receiver(
        url.getPort() < 0 || url.getPort() == usual ? host : host + ":" + url.getPort());
  }
}
