package io.ripen.engine.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids that people go by of whom an address is all that we were given: by an import or the API
 * for leads, never by themselves. The same address gives the same id, so two rows of one person are
 * one lead. Nobody without the key can tell the id from the address, and so report anything in that
 * person's name at the door, whose write key is no secret. Safe for use by many threads.
 */
public final class ContactIds {

  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 16;

  private final SecretKeySpec key;

  /**
   * @param key see {@link #key}
   */
  public ContactIds(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** The key that belongs to a signing key. */
  public static byte[] key(String signingKey) {
    return hmac(new SecretKeySpec(signingKey.getBytes(UTF_8), HMAC), "ids of contacts");
  }

  /** Of the person with this e-mail address, however it is capitalised. */
  public String ofEmail(String address) {
    return id("email:" + EmailAddress.canonical(address));
  }

  /** Of the person with this number, as E.164 writes it. */
  public String ofPhone(String e164) {
    return id("phone:" + e164);
  }

  /** Of a lead that somebody else's system has, by its id there. */
  public String ofLead(String source, String lead) {
    return id("lead:" + source + ":" + lead);
  }

  private String id(String contact) {
    byte[] id = Arrays.copyOf(hmac(key, contact), BYTES);
    return "contact-" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
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
