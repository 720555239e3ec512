package io.ripen.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver knows our calls by, as in the Standard Webhooks: {@code whsec_} and 24 to 64
 * bytes in Base64. Safe for use by many threads.
 */
public final class WebhookSecret {

  private static final String HMAC = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  /**
   * Reads one.
   *
   * @param name of the setting, for the message
   * @throws IllegalArgumentException when it is none, without the secret
   */
  public static WebhookSecret read(String name, String text) {
    byte[] key;
    try {
      key =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " is not Base64 (expected: whsec_ and 24 to 64 bytes in Base64)");
    }
    if (key.length < SHORTEST || key.length > LONGEST) {
      throw new IllegalArgumentException(
          "%s has %d bytes (expected: whsec_ and 24 to 64 bytes in Base64)"
              .formatted(name, key.length));
    }
    return new WebhookSecret(key);
  }

  /**
   * The secret of one receiver, made from one that nobody else has: it tells nothing of that, and
   * nothing of the secrets of others.
   */
  public static WebhookSecret derived(String from, Receiver receiver) {
    byte[] ours = hmac(from.getBytes(UTF_8), "secrets of webhooks");
    return new WebhookSecret(hmac(ours, receiver.name()));
  }

  /** The secret itself, as receivers set it. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  String signature(String signed) {
    return "v1," + Base64.getEncoder().encodeToString(hmac(key, signed));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
