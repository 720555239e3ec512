package io.ripen.engine.leadads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Whether a request is from the platform that it says it is from. */
final class Signatures {

  private static final String HMAC = "HmacSHA256";

  private Signatures() {}

  /** Whether somebody knows the key, told in as much time for a wrong one as for the right one. */
  static boolean isKey(Platform platform, @Nullable String told) {
    return isSame(told, platform.key());
  }

  /** As {@link #isKey}, for any secret. */
  static boolean isSame(@Nullable String told, @Nullable String secret) {
    return told != null
        && secret != null
        && MessageDigest.isEqual(secret.getBytes(UTF_8), told.getBytes(UTF_8));
  }

  /** Whether the body is signed as {@code X-Hub-Signature-256} says. */
  static boolean isSigned(Platform platform, byte[] body, @Nullable String signature) {
    if (signature == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(platform.key().getBytes(UTF_8), HMAC));
      String right = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
