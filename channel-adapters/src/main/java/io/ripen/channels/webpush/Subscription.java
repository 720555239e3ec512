package io.ripen.channels.webpush;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Where a browser is reached, as it told a page. Whoever knows the endpoint may write to it, so it
 * is kept like a secret.
 *
 * @param endpoint at the browser's push service
 * @param p256dh the browser's public key, 65 bytes in Base64url
 * @param auth the browser's secret, 16 bytes in Base64url
 */
public record Subscription(URI endpoint, String p256dh, String auth) {

  private static final int LONGEST = 2000;
  private static final int POINT = 65;
  private static final int COORDINATE = 32;
  private static final int SECRET = 16;

  /** The curve P-256, y² = x³ − 3x + b (SP 800-186). */
  private static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

  /**
   * What a browser told.
   *
   * @throws InvalidSubscription when it is none that a browser gives
   */
  public static Subscription of(String endpoint, String p256dh, String auth)
      throws InvalidSubscription {
    byte[] key = bytes("keys.p256dh", p256dh, POINT);
    byte[] secret = bytes("keys.auth", auth, SECRET);
    if (!isOnCurve(key)) {
      throw new InvalidSubscription("\"keys.p256dh\" is no point of the curve P-256");
    }
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return new Subscription(
        address(endpoint), base64.encodeToString(key), base64.encodeToString(secret));
  }

  private static URI address(String endpoint) throws InvalidSubscription {
    if (endpoint.length() > LONGEST) {
      throw new InvalidSubscription(
          "\"endpoint\" has %d characters (expected: at most %d)"
              .formatted(endpoint.length(), LONGEST));
    }
    try {
      URI uri = new URI(endpoint);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && uri.toASCIIString().equals(endpoint)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, without the address.
    }
    throw new InvalidSubscription("\"endpoint\" is no address (expected: https://…)");
  }

  private static byte[] bytes(String name, String base64, int length) throws InvalidSubscription {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without the key.
    }
    throw new InvalidSubscription(
        "\"%s\" is no key of a subscription (expected: %d bytes in Base64url)"
            .formatted(name, length));
  }

  private static boolean isOnCurve(byte[] point) {
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT));
    BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B).mod(P);
    return point[0] == 4
        && x.compareTo(P) < 0
        && y.compareTo(P) < 0
        && y.multiply(y).mod(P).equals(right);
  }

  /** The push service's host, in small letters. */
  public String host() {
    return endpoint.getHost().toLowerCase(Locale.ROOT);
  }

  byte[] key() {
    return Base64.getUrlDecoder().decode(p256dh);
  }

  byte[] secret() {
    return Base64.getUrlDecoder().decode(auth);
  }

  /** Leaves out what nobody else must know. */
  @Override
  public String toString() {
    return "Subscription[%s]".formatted(host());
  }
}
