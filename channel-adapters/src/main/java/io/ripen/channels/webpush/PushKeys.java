package io.ripen.channels.webpush;

import com.interaso.webpush.VapidKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Our pair of keys by which push services know us (VAPID, RFC 8292). Browsers subscribe to the
 * public one, and to no other.
 *
 * @param publicKey a point of P-256, 65 bytes in Base64url
 * @param privateKey 32 bytes in Base64url: whoever has it can write to all subscriptions
 * @param subject where the operator of a push service reaches us: {@code mailto:…} or {@code
 *     https://…}
 */
public record PushKeys(String publicKey, String privateKey, String subject) {

  private static final int COORDINATE = 32;
  private static final Pattern SUBJECT =
      Pattern.compile("mailto:[^\\s@]+@[^\\s@]+|https://[^\\s/]+\\S*");

  /** What is wrong is not shown: it may be a secret in the wrong place. */
  public PushKeys {
    publicKey = clean(publicKey);
    privateKey = clean(privateKey);
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "the subject of the push keys says nothing of whom to write to (expected: mailto:you@your.domain or https://your.domain)");
    }
    try {
      Subscription unused =
          Subscription.of(
              "https://localhost", publicKey, Base64.getUrlEncoder().encodeToString(new byte[16]));
    } catch (InvalidSubscription e) {
      throw new IllegalArgumentException(
          "the public push key cannot be read (expected: 65 bytes in Base64url, as ./ripen push keys prints it)",
          e);
    }
    if (size(privateKey) != COORDINATE) {
      throw new IllegalArgumentException(
          "the private push key cannot be read (expected: 32 bytes in Base64url, as ./ripen push keys prints it)");
    }
  }

  private static String clean(String key) {
    return key.strip().replaceFirst("=+$", "").replace('+', '-').replace('/', '_');
  }

  private static int size(String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64).length;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** A new pair. */
  public static PushKeys generate(String subject) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var point = ((ECPublicKey) pair.getPublic()).getW();
      byte[] open = new byte[1 + 2 * COORDINATE];
      open[0] = 4;
      write(point.getAffineX(), open, 1);
      write(point.getAffineY(), open, 1 + COORDINATE);
      byte[] secret = new byte[COORDINATE];
      write(((ECPrivateKey) pair.getPrivate()).getS(), secret, 0);
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      return new PushKeys(base64.encodeToString(open), base64.encodeToString(secret), subject);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has the curve P-256", e);
    }
  }

  private static void write(BigInteger number, byte[] into, int at) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - COORDINATE);
    System.arraycopy(
        bytes, from, into, at + COORDINATE - (bytes.length - from), bytes.length - from);
  }

  VapidKeys vapid() {
    return VapidKeys.fromUncompressedBytes(publicKey, privateKey);
  }

  /** Leaves out the private one. */
  @Override
  public String toString() {
    return "PushKeys[%s]".formatted(publicKey);
  }
}
