package io.ripen.channels.email;

import static io.ripen.channels.email.Received.PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult.Accepted;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** There and back through the mail servers that most of the world uses; they need root. */
@EnabledIfEnvironmentVariable(
    named = "RIPEN_MAIL_SERVERS",
    matches = "true",
    disabledReason = "Postfix needs root; CONTRIBUTING.md says how to run it")
class PostfixDovecotIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ID = "450359962737049%d.0198c0de-0000-7000-8000-00000000002a";

  private static @Nullable MailServers servers;
  private static @Nullable KeyPair keys;

  @BeforeAll
  static void start() throws Exception {
    servers = new MailServers();
    keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
  }

  @AfterAll
  static void stop() throws Exception {
    if (servers != null) {
      servers.close();
    }
  }

  private static void send(int number, String to) {
    EmailMessage e = Emails.anEmail();
    String id = ID.formatted(number);
    try (EmailChannel channel =
        new EmailChannel(
            servers.smtp(),
            Emails.onePooled(),
            Emails.SHOP,
            new Dkim("example.com", "s1", keys.getPrivate()),
            Clock.systemUTC())) {
      EmailMessage email =
          new EmailMessage(
              id + "@shop.example.com",
              to,
              "Anna Kovács",
              e.subject(),
              e.html(),
              e.text(),
              e.unsubscribeUrl(),
              PATH.of(id, to),
              List.of(new Attachment("a.bin", "application/octet-stream", new byte[2_000])));
      assertThat(channel.send(email, () -> {})).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void bounces_tell_which_message_which_address_and_why_and_answers_come_back() throws Exception {
    send(1, "nobody@example.org");
    send(2, "full@example.org");
    annaWrites("<" + ID.formatted(1) + "@shop.example.com>", "Yes, call me");

    ConcurrentLinkedQueue<Inbound> kept = new ConcurrentLinkedQueue<>();
    ImapListener listener =
        new ImapListener(servers.imap("bounce"), new Inbox(PATH, Clock.systemUTC()));
    Thread listening =
        Thread.startVirtualThread(
            () -> {
              try {
                listener.listen(kept::addAll);
              } catch (Exception ended) {
                Thread.currentThread().interrupt();
              }
            });
    await().atMost(SOON).until(() -> kept.size() == 3);
    // While it waits for more.
    send(3, "unknown@example.org");
    await().atMost(SOON).until(() -> kept.size() == 4);
    listening.interrupt();
    listening.join();

    Map<String, Inbound.Undelivered> byMessage = new HashMap<>();
    List<Inbound> others = new ArrayList<>();
    kept.forEach(
        each -> {
          if (each instanceof Inbound.Undelivered bounce) {
            byMessage.put(String.valueOf(bounce.messageId()), bounce);
          } else {
            others.add(each);
          }
        });
    assertThat(byMessage.get(ID.formatted(1)))
        .extracting(Inbound.Undelivered::to, Inbound.Undelivered::cause, Inbound.Undelivered::code)
        .containsExactly("nobody@example.org", Cause.NO_SUCH_ADDRESS, "5.1.1");
    assertThat(byMessage.get(ID.formatted(2)))
        .extracting(Inbound.Undelivered::to, Inbound.Undelivered::cause, Inbound.Undelivered::code)
        .containsExactly("full@example.org", Cause.LOST, "5.2.2");
    assertThat(byMessage.get(ID.formatted(3)))
        .extracting(Inbound.Undelivered::to)
        .isEqualTo("unknown@example.org");
    assertThat(others)
        .singleElement()
        .isInstanceOfSatisfying(
            Inbound.Said.class,
            said -> {
              assertThat(said.from()).isEqualTo("anna@example.org");
              assertThat(said.text()).isEqualTo("Yes, call me");
              assertThat(said.answerTo()).isEqualTo(ID.formatted(1));
            });
    assertThat(servers.unread("bounce")).isEmpty();
  }

  /** As a mail program does: nothing of ours has made this message. */
  private static void annaWrites(String inReplyTo, String words) throws MessagingException {
    Properties smtp = new Properties();
    smtp.setProperty("mail.smtp.host", servers.smtp().host());
    smtp.setProperty("mail.smtp.port", Integer.toString(servers.smtp().port()));
    MimeMessage letter = new MimeMessage(Session.getInstance(smtp));
    letter.setFrom("Anna <anna@example.org>");
    letter.setRecipients(Message.RecipientType.TO, "bounce@mail.example.com");
    letter.setSubject("Re: You left something behind");
    letter.setHeader("In-Reply-To", inReplyTo);
    letter.setText(words + "\n\nOn Sunday the shop wrote:\n> Hello\n");
    Transport.send(letter);
  }

  @Test
  void a_verifier_that_others_wrote_finds_the_signature_good() throws Exception {
    send(4, "anna@example.org");
    await().atMost(SOON).until(() -> servers.unread("anna").size() == 1);
    Path message = servers.unread("anna").getFirst();
    assertThat(Files.readString(message, UTF_8))
        .contains("Return-Path: <" + PATH.of(ID.formatted(4), "anna@example.org") + ">");

    String record =
        "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    assertThat(
            MailServers.run(
                "/usr/bin/python3",
                "-c",
                """
                import sys, dkim
                message = open(sys.argv[1], "rb").read()
                record = lambda name, timeout=5: sys.argv[2].encode() if name == b"s1._domainkey.example.com." else None
                print(dkim.verify(message, dnsfunc=record), dkim.verify(message.replace(b"left", b"lost"), dnsfunc=record))
                """,
                message.toString(),
                record))
        .isEqualToIgnoringNewLines("True False");
  }
}
