package io.ripen.channels.email;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SMTP server that takes our e-mail, and how to talk to it.
 *
 * @param username whom to log in as, or null where the server asks for no login
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long the server may take for each answer; after the message's end a
 *     server may think long before it answers, and an answer that is missed leaves the outcome
 *     unknown, so be generous
 * @param properties further {@code mail.smtp.*} properties of Jakarta Mail, for example {@code
 *     mail.smtp.ssl.trust}
 */
public record SmtpServer(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    Encryption encryption,
    Duration connectTimeout,
    Duration answerTimeout,
    Map<String, String> properties) {

  /** How the conversation is kept private. */
  public enum Encryption {
    /** Not at all. */
    NONE,
    /** By STARTTLS where the server offers it. */
    STARTTLS_IF_OFFERED,
    /** By STARTTLS; a server that does not offer it gets no e-mail. */
    STARTTLS_REQUIRED,
    /** By TLS from the first byte, usually on port 465. */
    TLS
  }

  public SmtpServer {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty (expected: the SMTP server's name)");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    properties = Map.copyOf(properties);
  }

  /** Host and port, as error messages name the server. */
  String address() {
    return host + ":" + port;
  }

  /** Leaves out what must not be read in a log. */
  @Override
  public String toString() {
    return "SmtpServer[%s, %s]".formatted(address(), encryption);
  }
}
