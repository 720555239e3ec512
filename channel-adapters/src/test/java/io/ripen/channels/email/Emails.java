package io.ripen.channels.email;

import io.ripen.channels.email.SmtpServer.Encryption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** What the tests of this package send, and through what. */
final class Emails {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
  static final Sender SHOP = new Sender("shop@example.com", "Ripen Shop", null);

  private Emails() {}

  static EmailMessage anEmail() {
    return to("anna@example.org", "Anna Kovács");
  }

  static EmailMessage to(String address, String name) {
    return new EmailMessage(
        "4503599627370497.0198@example.com",
        address,
        name,
        "You left something behind",
        "<p>Hello</p>",
        "Hello",
        "https://example.com/unsubscribe/abc");
  }

  static EmailMessage withSubject(String subject) {
    EmailMessage e = anEmail();
    return new EmailMessage(
        e.messageId(), e.to(), e.toName(), subject, e.html(), e.text(), e.unsubscribeUrl());
  }

  static SmtpServer plain(int port) {
    return plain(port, Duration.ofSeconds(30));
  }

  /** One that is waited for no longer than this. */
  static SmtpServer plain(int port, Duration answerTimeout) {
    return new SmtpServer(
        "127.0.0.1",
        port,
        null,
        null,
        Encryption.NONE,
        Duration.ofSeconds(30),
        answerTimeout,
        Map.of());
  }

  static SmtpPool onePooled() {
    return new SmtpPool(1, 100, Duration.ofMinutes(1));
  }

  static EmailChannel channel(int port) {
    return new EmailChannel(plain(port), onePooled(), SHOP, CLOCK);
  }
}
