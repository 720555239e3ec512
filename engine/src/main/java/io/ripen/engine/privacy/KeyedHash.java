package io.ripen.engine.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is left of erased people: hashes that tell whether something is theirs, and nothing more.
 * Nobody without the key can try addresses out. Safe for use by many threads.
 */
public final class KeyedHash {

  private static final String HMAC = "HmacSHA256";
  private static final String ERASED = "erased:";

  private final SecretKeySpec key;

  /**
   * @param signingKey the secret of this installation; with another one, no hash is known again
   */
  public KeyedHash(String signingKey) {
    byte[] secret = hmac(new SecretKeySpec(signingKey.getBytes(UTF_8), HMAC), "erased people");
    this.key = new SecretKeySpec(secret, HMAC);
  }

  /** In the place of an address that must not be written to. */
  public String ofAddress(String channel, String address) {
    return ERASED
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(hmac(key, "address:" + channel + ":" + address));
  }

  /**
   * Of something that a person went by.
   *
   * @param kind {@code user}, {@code anonymous} or {@code event}
   */
  byte[] of(String kind, String value) {
    return hmac(key, kind + ":" + value);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
