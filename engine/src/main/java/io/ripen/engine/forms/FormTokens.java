package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says, signed, when a form was shown: Base64 of the time, a random number and 128 bits of an
 * HMAC-SHA256 over both and the form's name. Safe for use by many threads.
 */
final class FormTokens {

  private static final String HMAC = "HmacSHA256";
  private static final int SIGNATURE = 16;
  private static final int BODY = 2 * Long.BYTES;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  FormTokens(String signingKey, RandomGenerator random) {
    this.key = new SecretKeySpec(signingKey.getBytes(UTF_8), HMAC);
    this.random = random;
  }

  String issue(String form, Instant now) {
    byte[] body =
        ByteBuffer.allocate(BODY).putLong(now.toEpochMilli()).putLong(random.nextLong()).array();
    byte[] token =
        ByteBuffer.allocate(BODY + SIGNATURE).put(body).put(signature(form, body)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** When the form was shown; nothing where the token is none of ours for it. */
  Optional<Instant> open(String form, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != BODY + SIGNATURE) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(bytes, BODY);
    return MessageDigest.isEqual(
            Arrays.copyOfRange(bytes, BODY, bytes.length), signature(form, body))
        ? Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong()))
        : Optional.empty();
  }

  private byte[] signature(String form, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(("form " + form).getBytes(UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(body), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
