package io.ripen.engine.touches;

import io.ripen.channels.email.SmtpServer;
import io.ripen.channels.email.SmtpServer.Encryption;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The SMTP server, by the names that Spring gives its properties.
 *
 * @param port 465 with TLS and 25 without, if not set
 * @param protocol {@code smtp} or {@code smtps}
 * @param properties of Jakarta Mail; {@code mail.smtp.starttls.required=true} insists on STARTTLS,
 *     {@code mail.smtp.starttls.enable=false} never uses it, and else it is used where it is
 *     offered
 */
@ConfigurationProperties("spring.mail")
record MailServerProperties(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("smtp") String protocol,
    @DefaultValue Ssl ssl,
    @DefaultValue Map<String, String> properties) {

  /**
   * TLS from the first byte.
   *
   * @param enabled whether to use it
   */
  record Ssl(@DefaultValue("false") boolean enabled) {}

  SmtpServer server(EmailProperties email) {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException(
          "spring.mail.host is not set (expected: the SMTP server that sends our e-mail)");
    }
    Encryption encryption = encryption();
    return new SmtpServer(
        host,
        Objects.requireNonNullElse(port, encryption == Encryption.TLS ? 465 : 25),
        username == null || username.isBlank() ? null : username,
        password,
        encryption,
        email.connectTimeout(),
        email.answerTimeout(),
        properties);
  }

  private Encryption encryption() {
    if (ssl.enabled() || protocol.equals("smtps") || is("mail.smtp.ssl.enable", "true")) {
      return Encryption.TLS;
    }
    if (is("mail.smtp.starttls.required", "true")) {
      return Encryption.STARTTLS_REQUIRED;
    }
    return is("mail.smtp.starttls.enable", "false")
        ? Encryption.NONE
        : Encryption.STARTTLS_IF_OFFERED;
  }

  private boolean is(String property, String value) {
    return value.equalsIgnoreCase(properties.get(property));
  }
}
