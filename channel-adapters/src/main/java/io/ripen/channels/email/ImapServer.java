package io.ripen.channels.email;

import io.ripen.channels.email.SmtpServer.Encryption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox that bounces, complaints and answers come to. Give it to us alone: what we have read
 * is moved.
 *
 * @param folder where new mail comes in, usually {@code INBOX}
 * @param readFolder where to put what we have read; made if it is not there
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long the server may take for each answer
 * @param renewAfter how long to wait for mail on one connection: a server that went away without a
 *     word is noticed when it is asked again, and routers forget a silent connection
 * @param properties further {@code mail.imap.*} properties of Jakarta Mail
 */
public record ImapServer(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    Encryption encryption,
    String folder,
    String readFolder,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration renewAfter,
    Map<String, String> properties) {

  public ImapServer {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty (expected: the IMAP server's name)");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    if (folder.equals(readFolder)) {
      throw new IllegalArgumentException(
          "what we have read cannot stay in \"%s\" (expected: another folder)".formatted(folder));
    }
    if (!renewAfter.isPositive()) {
      throw new IllegalArgumentException("renewAfter: " + renewAfter + " (expected: such as PT9M)");
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
    return "ImapServer[%s, %s, %s]".formatted(address(), encryption, folder);
  }
}
