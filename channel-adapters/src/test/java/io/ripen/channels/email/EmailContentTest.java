package io.ripen.channels.email;

import static io.ripen.channels.email.Emails.withSubject;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.SendResult.Accepted;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message as it arrives. */
class EmailContentTest {

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private MimeMessage arrived(EmailMessage email) throws Exception {
    return arrived(email, Emails.SHOP);
  }

  private MimeMessage arrived(EmailMessage email, Sender sender) throws Exception {
    try (EmailChannel channel =
        new EmailChannel(Emails.plain(server.port()), Emails.onePooled(), sender, Emails.CLOCK)) {
      assertThat(channel.send(email, () -> {})).isInstanceOf(Accepted.class);
    }
    String raw = server.messages().getLast();
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(raw))
        .as("nothing on the wire needs more than seven bits")
        .isTrue();
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void carries_every_header_that_a_good_sender_sets() throws Exception {
    MimeMessage mime =
        arrived(Emails.anEmail(), new Sender("shop@example.com", "Bolt", "help@example.com"));

    assertThat(mime.getMessageID()).isEqualTo("<4503599627370497.0198@example.com>");
    assertThat(mime.getSentDate()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(mime.getHeader("List-Unsubscribe"))
        .containsExactly("<https://example.com/unsubscribe/abc>");
    assertThat(mime.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
    assertThat(mime.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mime.getReplyTo()).containsExactly(new InternetAddress("help@example.com"));
    assertThat(server.commands())
        .contains("MAIL FROM:<shop@example.com>", "RCPT TO:<anna@example.org>");
  }

  @Test
  void has_no_unsubscribe_headers_where_nobody_can_unsubscribe() throws Exception {
    EmailMessage e = Emails.anEmail();
    MimeMessage mime =
        arrived(
            new EmailMessage(
                e.messageId(), e.to(), e.toName(), e.subject(), e.html(), e.text(), null));

    assertThat(mime.getHeader("List-Unsubscribe")).isNull();
    assertThat(mime.getHeader("List-Unsubscribe-Post")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Plain words",
        "Вы забыли кое-что в корзине — оно ждёт вас",
        "Árvíztűrő tükörfúrógép vár a kosaradban, siess érte, mert holnap már nem lesz itt!",
        "👟👩‍👩‍👧‍👦🇭🇺 " + "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
        "=?UTF-8?B?bm90IGVuY29kZWQ=?= stays what it is, or nearly",
      })
  void every_script_arrives_in_subject_names_and_parts(String words) throws Exception {
    MimeMessage mime =
        arrived(
            new EmailMessage(
                "1.2@example.com",
                "anna@example.org",
                words,
                words,
                "<p>" + words + "</p>",
                words + "\r\n.\r\n..dots\r\n",
                null),
            new Sender("shop@example.com", words, null));

    if (!words.startsWith("=?")) {
      assertThat(mime.getSubject()).isEqualTo(words);
      assertThat(((InternetAddress) mime.getFrom()[0]).getPersonal()).isEqualTo(words);
      assertThat(((InternetAddress) mime.getAllRecipients()[0]).getPersonal()).isEqualTo(words);
    }
    MimeMultipart parts = (MimeMultipart) mime.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    BodyPart text = parts.getBodyPart(0);
    BodyPart html = parts.getBodyPart(1);
    assertThat(text.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(html.getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
    assertThat(text.getContent()).isEqualTo(words + "\r\n.\r\n..dots\r\n");
    assertThat(html.getContent()).isEqualTo("<p>" + words + "</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi\r\nBcc: all@example.org",
        "Hi\nX-Evil: 1",
        "Hi\rX-Evil: 1",
        "Hi\r\n\r\n<script>",
        "Hi\u2028X-Evil: 1\u0085",
        "Привет\r\nX-Evil: 1",
      })
  void nobody_writes_headers_of_their_own(String words) throws Exception {
    MimeMessage bySubject = arrived(withSubject(words));
    assertThat(bySubject.getHeader("Bcc")).isNull();
    assertThat(bySubject.getHeader("X-Evil")).isNull();
    assertThat(bySubject.getContent()).isInstanceOf(MimeMultipart.class);

    MimeMessage byName = arrived(Emails.to("anna@example.org", words));
    assertThat(byName.getHeader("Bcc")).isNull();
    assertThat(byName.getHeader("X-Evil")).isNull();
    assertThat(byName.getAllRecipients()).hasSize(1);
    assertThat(byName.getContent()).isInstanceOf(MimeMultipart.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b@c", "no-at", "a@b>\r\nBcc: x@y", "<a@b>", ""})
  void a_bad_message_id_is_a_bug(String id) {
    EmailMessage e = Emails.anEmail();
    assertThatThrownBy(
            () ->
                arrived(new EmailMessage(id, e.to(), null, e.subject(), e.html(), e.text(), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("messageId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"javascript:alert(1)", "https://x/>\r\nBcc: x@y", "https://x/ y", "mailto:a@b"})
  void a_bad_unsubscribe_address_is_a_bug(String url) {
    EmailMessage e = Emails.anEmail();
    assertThatThrownBy(
            () ->
                arrived(
                    new EmailMessage(
                        e.messageId(), e.to(), null, e.subject(), e.html(), e.text(), url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unsubscribeUrl");
  }

  @Test
  void bounces_go_to_an_address_of_their_own() throws Exception {
    String path = Received.PATH.of(Received.ID, Received.ANNA);
    MimeMessage mime = arrived(with(path, List.of()));

    assertThat(server.commands()).contains("MAIL FROM:<" + path + ">");
    assertThat(mime.getFrom()[0]).hasToString("Ripen Shop <shop@example.com>");
  }

  @Test
  void files_go_with_it_whatever_their_names() throws Exception {
    byte[] pdf = {'%', 'P', 'D', 'F', 0, 1, 2, (byte) 0xff};
    MimeMessage mime =
        arrived(
            with(
                null,
                List.of(
                    new Attachment("Útmutató\r\nX-Evil: 1.pdf", "application/pdf", pdf),
                    new Attachment("a.txt", "text/plain; charset=utf-8", "ő".getBytes(UTF_8)))));

    MimeMultipart parts = (MimeMultipart) mime.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/mixed");
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("multipart/alternative");
    BodyPart file = parts.getBodyPart(1);
    assertThat(file.getDisposition()).isEqualTo("attachment");
    assertThat(MimeUtility.decodeText(file.getFileName())).isEqualTo("Útmutató X-Evil: 1.pdf");
    assertThat(file.getHeader("X-Evil")).isNull();
    assertThat(file.getInputStream()).hasBinaryContent(pdf);
    assertThat(parts.getBodyPart(2).getContent()).isEqualTo("ő");
  }

  @Test
  void is_signed_for_the_domain() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Dkim dkim = new Dkim("example.com", "s1", pair.getPrivate());
    try (EmailChannel channel =
        new EmailChannel(
            Emails.plain(server.port()), Emails.onePooled(), Emails.SHOP, dkim, Emails.CLOCK)) {
      assertThat(channel.send(with(null, List.of()), () -> {})).isInstanceOf(Accepted.class);
    }
    String raw = server.messages().getLast();
    String record =
        "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    DKIMVerifier verifier =
        new DKIMVerifier(
            (method, selector, domain) -> {
              assertThat(selector + "." + domain).isEqualTo("s1.example.com");
              return List.of(record);
            });

    assertThat(verifier.verify(new ByteArrayInputStream(raw.getBytes(UTF_8)))).hasSize(1);
    assertThat(raw.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(998));
    assertThatThrownBy(
            () ->
                verifier.verify(
                    new ByteArrayInputStream(
                        raw.replace("List-Unsubscribe-Post", "List-Unsubscribe-Past")
                            .getBytes(UTF_8))))
        .isInstanceOf(FailException.class);
  }

  @Test
  void a_domain_or_key_that_cannot_sign_is_refused() throws Exception {
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    assertThatThrownBy(() -> new Dkim("example.com", "s1", ec.generateKeyPair().getPrivate()))
        .hasMessageContaining("expected: RSA");
    assertThatThrownBy(() -> new Dkim("example.com; x", "s1", ec.generateKeyPair().getPrivate()))
        .hasMessageContaining("a domain and a selector");
  }

  private static EmailMessage with(@Nullable String returnPath, List<Attachment> attachments) {
    EmailMessage e = Emails.anEmail();
    return new EmailMessage(
        e.messageId(),
        e.to(),
        e.toName(),
        e.subject(),
        e.html(),
        e.text(),
        e.unsubscribeUrl(),
        returnPath,
        attachments);
  }
}
