package io.ripen.channels.email;

import static io.ripen.channels.email.Emails.anEmail;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.email.SmtpServer.Encryption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Login, TLS and STARTTLS, with servers that others wrote. */
class RealServersTest {

  private static final Map<String, String> TRUSTING =
      Map.of("mail.smtp.ssl.trust", "*", "mail.smtp.ssl.checkserveridentity", "false");

  private static EmailChannel channel(
      int port, Encryption encryption, @Nullable String password, Map<String, String> properties) {
    SmtpServer server =
        new SmtpServer(
            "127.0.0.1",
            port,
            password == null ? null : "shop",
            password,
            encryption,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            properties);
    return new EmailChannel(server, Emails.onePooled(), Emails.SHOP, Emails.CLOCK);
  }

  private static GreenMail greenMail(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.setUser("shop@example.com", "shop", "secret");
    server.start();
    return server;
  }

  @Test
  void logs_in() throws Exception {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTP);
    try (EmailChannel channel =
        channel(server.getSmtp().getPort(), Encryption.NONE, "secret", Map.of())) {
      assertThat(channel.send(anEmail(), () -> {})).isInstanceOf(Accepted.class);
      assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo(anEmail().subject());
    } finally {
      server.stop();
    }
  }

  @Test
  void a_wrong_password_is_our_fault_and_is_told_without_the_password() {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTP);
    try (EmailChannel channel =
        channel(server.getSmtp().getPort(), Encryption.NONE, "wrong-password", Map.of())) {
      assertThat(channel.send(anEmail(), () -> {}))
          .isInstanceOfSatisfying(
              Retryable.class,
              r ->
                  assertThat(r.cause())
                      .contains("the SMTP server answered the login with 535")
                      .doesNotContain("wrong-password"));
    } finally {
      server.stop();
    }
  }

  @Test
  void speaks_tls_from_the_first_byte() {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
    try (EmailChannel channel =
        channel(server.getSmtps().getPort(), Encryption.TLS, "secret", TRUSTING)) {
      assertThat(channel.send(anEmail(), () -> {})).isInstanceOf(Accepted.class);
      assertThat(server.getReceivedMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
    try (EmailChannel channel =
        channel(server.getSmtps().getPort(), Encryption.TLS, "secret", Map.of())) {
      assertThat(channel.send(anEmail(), () -> {}))
          .isInstanceOfSatisfying(Retryable.class, r -> assertThat(r.cause()).contains("TLS: "));
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void starttls_is_used_where_it_is_offered() {
    try (StartTlsServer server = new StartTlsServer(true);
        EmailChannel channel =
            channel(server.port(), Encryption.STARTTLS_REQUIRED, null, TRUSTING)) {
      assertThat(channel.send(anEmail(), () -> {})).isInstanceOf(Accepted.class);
      assertThat(server.encryptedMessages()).isEqualTo(1);
    }
  }

  @Test
  void a_server_without_the_required_starttls_gets_no_email() {
    try (StartTlsServer server = new StartTlsServer(false);
        EmailChannel channel =
            channel(server.port(), Encryption.STARTTLS_REQUIRED, null, TRUSTING)) {
      assertThat(channel.send(anEmail(), () -> {}))
          .isInstanceOfSatisfying(
              Retryable.class,
              r ->
                  assertThat(r.cause())
                      .endsWith("the server does not offer STARTTLS, which is required"));
    }
  }

  @Test
  void a_server_without_starttls_gets_email_where_it_is_not_required() {
    try (StartTlsServer server = new StartTlsServer(false);
        EmailChannel channel =
            channel(server.port(), Encryption.STARTTLS_IF_OFFERED, null, TRUSTING)) {
      assertThat(channel.send(anEmail(), () -> {})).isInstanceOf(Accepted.class);
    }
  }
}
