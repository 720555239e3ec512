package io.ripen.engine.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads tokens: URL-safe Base64 of the last good day, the content and 128 bits of an
 * HMAC-SHA256 over both and the purpose, so that a token for one purpose is none for another.
 */
final class Signer {

  private static final String HMAC = "HmacSHA256";
  private static final int SIGNATURE = 16;
  private static final int DAY = Short.BYTES;
  private static final int SHORTEST_KEY = 32;

  private final SecretKeySpec key;

  Signer(@Nullable String key) {
    if (key == null || key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "ripen.signing-key has %d characters (expected: %d or more, secret, and the same in all processes)"
              .formatted(key == null ? 0 : key.length(), SHORTEST_KEY));
    }
    this.key = new SecretKeySpec(key.getBytes(UTF_8), HMAC);
  }

  String sign(String purpose, byte[] content, LocalDate lastDay) {
    byte[] body =
        ByteBuffer.allocate(DAY + content.length)
            .putShort((short) lastDay.toEpochDay())
            .put(content)
            .array();
    byte[] token =
        ByteBuffer.allocate(body.length + SIGNATURE)
            .put(body)
            .put(signature(purpose, body))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The last good day that the token says, whoever made it. */
  static Optional<LocalDate> lastDay(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return bytes.length < DAY + SIGNATURE ? Optional.empty() : Optional.of(lastDay(bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LocalDate lastDay(byte[] body) {
    return LocalDate.ofEpochDay(Short.toUnsignedInt(ByteBuffer.wrap(body).getShort()));
  }

  Opened<byte[]> open(String purpose, String token, LocalDate today) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new Opened.Forged<>();
    }
    if (bytes.length < DAY + SIGNATURE) {
      return new Opened.Forged<>();
    }
    byte[] body = Arrays.copyOf(bytes, bytes.length - SIGNATURE);
    byte[] signature = Arrays.copyOfRange(bytes, body.length, bytes.length);
    if (!MessageDigest.isEqual(signature, signature(purpose, body))) {
      return new Opened.Forged<>();
    }
    return today.isAfter(lastDay(body))
        ? new Opened.Expired<>()
        : new Opened.Genuine<>(Arrays.copyOfRange(body, DAY, body.length));
  }

  private byte[] signature(String purpose, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(purpose.getBytes(UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(body), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
