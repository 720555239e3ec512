package io.ripen.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/**
 * Signs e-mail for a domain, as in RFC 6376: by RSA and SHA-256, over the headers that people see
 * and the two of RFC 8058, which asks for that. Safe for use by many threads.
 */
public final class Dkim {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  private static final String HEADERS =
      "From:To:Subject:Date:Message-ID:Reply-To:MIME-Version:Content-Type"
          + ":List-Unsubscribe:List-Unsubscribe-Post";

  private final String template;
  private final PrivateKey key;

  /**
   * @param domain that of the From address, or one above it
   * @param selector the public key is in the TXT record of {@code SELECTOR._domainkey.DOMAIN}
   * @param key RSA
   */
  public Dkim(String domain, String selector, PrivateKey key) {
    for (String name : new String[] {domain, selector}) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "DKIM: \"%s\" (expected: a domain and a selector, such as example.com and s1)"
                .formatted(name));
      }
    }
    if (!key.getAlgorithm().equals("RSA")) {
      throw new IllegalArgumentException(
          "DKIM: the key is for %s (expected: RSA, which every receiver can check)"
              .formatted(key.getAlgorithm()));
    }
    this.key = key;
    this.template =
        "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; h=%s; bh=; b=;"
            .formatted(domain, selector, HEADERS);
  }

  /** Adds the signature; the message must not change any more. */
  void sign(MimeMessage message) throws MessagingException {
    try {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      message.writeTo(written);
      String header =
          new DKIMSigner(template, key).sign(new ByteArrayInputStream(written.toByteArray()));
      int value = header.indexOf(':') + 2;
      message.setHeader(
          header.substring(0, value - 2), MimeUtility.fold(value, header.substring(value)));
    } catch (IOException | FailException e) {
      throw new MessagingException("the message could not be signed", e);
    }
  }
}
