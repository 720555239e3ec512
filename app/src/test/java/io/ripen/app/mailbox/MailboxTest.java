package io.ripen.app.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class MailboxTest {

  private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
  private static final String HTML =
      """
      <!doctype html><html><body>
      <div style="display:none;font-size:1px">A teáskannád vár&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
      <h1>Szia, Ági!</h1><a href="http://localhost:8090/r/x1">Vissza a kosárhoz</a>
      <a href="http://localhost:8090/r/x1">again</a> <a href="mailto:hello@juniper.example">write</a>
      </body></html>
      """;

  @TempDir Path folder;
  private Mailbox mailbox;
  private SmtpSink sink;

  @BeforeEach
  void open() throws IOException {
    mailbox = new Mailbox(settings(3));
    sink = sink(new MockEnvironment());
    sink.start();
  }

  @AfterEach
  void close() {
    sink.stop();
  }

  @Test
  void shows_a_mail_as_it_was_sent() throws MessagingException {
    Mails.send(sink.port(), "agi@example.com", "Árvíztűrő чайник 🫖", "Szia, Ági!", HTML);

    Mail mail = mailbox.find(newest().id()).orElseThrow();
    assertThat(mail.subject()).isEqualTo("Árvíztűrő чайник 🫖");
    assertThat(mail.to()).containsExactly("agi@example.com");
    assertThat(mail.from()).isEqualTo("hello@juniper.example");
    assertThat(mail.receivedAt()).isEqualTo(NOW);
    assertThat(mail.preheader()).isEqualTo("A teáskannád vár");
    assertThat(mail.text()).isEqualTo("Szia, Ági!");
    assertThat(mail.html()).contains("<h1>Szia, Ági!</h1>");
    assertThat(mail.links()).containsExactly("http://localhost:8090/r/x1");
    assertThat(mail.unsubscribe()).isEqualTo("https://ripen.example/unsubscribe/abc");
    assertThat(mail.oneClick()).isTrue();
    assertThat(mail.headers()).containsKey("List-Unsubscribe");
    assertThat(mail.problem()).isNull();
  }

  @Test
  void finds_its_mails_again_after_a_restart() throws IOException, MessagingException {
    Mails.send(sink.port(), "anna@example.com", "Ön nálunk felejtett valamit", "Szia", HTML);
    Mail before = mailbox.find(newest().id()).orElseThrow();
    Files.writeString(folder.resolve("0.part"), "what a crash leaves behind");

    mailbox = new Mailbox(settings(3));

    assertThat(mailbox.find(newest().id())).contains(before);
    assertThat(mailbox.size()).isEqualTo(1);
    assertThat(folder.resolve("0.part")).doesNotExist();
  }

  @Test
  void keeps_the_newest_when_it_is_full() throws MessagingException {
    for (String subject : List.of("one", "two", "three", "four")) {
      Mails.send(sink.port(), "anna@example.com", subject, "text", HTML);
    }

    assertThat(mailbox.newest(mail -> true, 10))
        .extracting(Mail.Summary::subject)
        .containsExactly("four", "three", "two");
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void delivers_one_mail_to_all_its_recipients_once() throws IOException {
    mailbox.add(
        new Envelope("a@example.com", List.of("b@example.com", "c@example.com"), NOW),
        "Subject: hello\r\n\r\nboth".getBytes(StandardCharsets.UTF_8));

    assertThat(newest().to()).containsExactly("b@example.com", "c@example.com");
    assertThat(newest().isTo("C@example.com")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no headers at all",
        "Subject: =?UTF-8?B?broken!?=\r\n\r\nbody",
        "Content-Type: text/plain; charset=klingon\r\n\r\nbody",
        "Content-Type: text/html; charset=\"\r\n\r\n<b>body",
        "Content-Type: multipart/mixed\r\n\r\nno boundary",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n",
        "Content-Type: ;;;\r\nFrom: <<>>\r\nTo: ,,\r\nDate: never\r\n\r\n\u00ff\u00fe",
      })
  void takes_and_shows_a_malformed_mail(String message) throws IOException {
    Mails.sendRaw(sink.port(), "anna@example.com", message);

    assertThat(newest().to()).containsExactly("anna@example.com");
    assertThat(mailbox.find(newest().id())).isPresent();
  }

  @Test
  void deletes_all() throws IOException, MessagingException {
    Mails.send(sink.port(), "anna@example.com", "one", "text", HTML);

    mailbox.deleteAll();

    assertThat(mailbox.newest(mail -> true, 10)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void finds_nothing_outside_its_folder() throws IOException {
    Files.writeString(folder.resolveSibling("secret.eml"), "secret");

    assertThat(mailbox.find("../secret")).isEmpty();
  }

  @Test
  void does_not_start_where_another_server_sends_the_mails() {
    MockEnvironment users =
        new MockEnvironment()
            .withProperty("spring.mail.host", "smtp.example.com")
            .withProperty("spring.mail.port", "587");

    assertThat(sink(users).isAutoStartup()).isFalse();
    assertThat(sink(users).elsewhere()).contains("smtp.example.com:587");
    assertThat(sink(new MockEnvironment()).isAutoStartup()).isTrue();
  }

  private Mail.Summary newest() {
    return mailbox.newest(mail -> true, 1).getFirst();
  }

  private SinkSettings settings(int keep) {
    return new SinkSettings(InetAddress.getLoopbackAddress(), 0, keep, folder);
  }

  private SmtpSink sink(MockEnvironment environment) {
    return new SmtpSink(settings(3), mailbox, Clock.fixed(NOW, ZoneOffset.UTC), environment);
  }
}
