package io.ripen.engine.touches;

import io.ripen.channels.email.Dkim;
import io.ripen.channels.guarded.Limits;
import java.io.File;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * How e-mail is sent. The server itself is {@code spring.mail.*}.
 *
 * @param from the From address; must be set where there are workers
 * @param fromName the name to show beside it
 * @param replyTo where replies go, if not to the From address
 * @param returnPath where bounces go, such as {@code bounce@mail.example.com}: each message gets an
 *     address of its own, {@code bounce+TOKEN@mail.example.com}; without it they go to the From
 *     address
 * @param dkim how to sign, if the mail server does not
 * @param openPixel whether marketing e-mail has a picture that tells when it is seen
 * @param seeds addresses of yours that get a copy of every message once a day, with an invented
 *     lead's facts, so that you see how it arrives
 * @param messagesPerSecond what this process may send at most
 * @param connections how many connections to the server there are at most
 * @param messagesPerConnection after so many messages a connection is closed
 * @param maxIdle a connection without work for so long is closed
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long the server may take for each answer
 * @param lease how long a worker may take up to the end of the message before another may take over
 */
@ConfigurationProperties("ripen.email")
record EmailProperties(
    @Nullable String from,
    @Nullable String fromName,
    @Nullable String replyTo,
    @Nullable String returnPath,
    @DefaultValue Signature dkim,
    @DefaultValue("true") boolean openPixel,
    @DefaultValue List<String> seeds,
    @DefaultValue("100") int messagesPerSecond,
    @DefaultValue("8") int connections,
    @DefaultValue("100") int messagesPerConnection,
    @DefaultValue("30s") Duration maxIdle,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("2m") Duration answerTimeout,
    @DefaultValue("4m") Duration lease) {

  /**
   * How to sign, as in RFC 6376.
   *
   * @param domain that of the From address, or one above it
   * @param selector the public key is in the TXT record of {@code SELECTOR._domainkey.DOMAIN}
   * @param keyFile the private RSA key, in PEM
   */
  record Signature(@Nullable String domain, @Nullable String selector, @Nullable File keyFile) {

    /** Null where nothing is set. */
    @Nullable Dkim dkim() {
      if (domain == null && selector == null && keyFile == null) {
        return null;
      }
      if (domain == null || selector == null || keyFile == null) {
        throw new IllegalArgumentException(
            "ripen.email.dkim is not whole (expected: domain, selector and key-file)");
      }
      return new Dkim(domain, selector, key(keyFile));
    }

    private static PrivateKey key(File file) {
      try {
        return Objects.requireNonNull(PemContent.load(file.toPath()).getPrivateKey());
      } catch (IOException | IllegalStateException | NullPointerException e) {
        throw new IllegalArgumentException(
            "ripen.email.dkim.key-file: %s cannot be read (expected: an RSA key in PEM, without a passphrase)"
                .formatted(file),
            e);
      }
    }
  }

  /** A server that thinks long has its time: who waits for a connection still holds the claim. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final int FAILURES = 10;
  private static final Duration OPEN_FOR = Duration.ofSeconds(30);

  /**
   * What the server can bear.
   *
   * @throws IllegalArgumentException when a number makes no sense
   */
  Limits limits() {
    return new Limits(
        messagesPerSecond, Duration.ofSeconds(1), connections, LONGEST_WAIT, FAILURES, OPEN_FOR);
  }

  /** After the hand-over the rest of the message is written, and then the answer is read. */
  Duration answerLease() {
    return answerTimeout.multipliedBy(2).plusSeconds(5);
  }
}
