package io.ripen.engine.providers;

import io.ripen.channels.email.ImapServer;
import io.ripen.channels.email.SmtpServer.Encryption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox that bounces, complaints and answers come to. It must be ours alone: what we have
 * read is moved.
 *
 * @param host the IMAP server; without it no mailbox is read
 * @param port 993 with TLS and 143 without, if not set
 * @param encryption TLS, unless it is told otherwise
 * @param folder where new mail comes in
 * @param readFolder where to put what we have read
 * @param renewAfter how long to wait for mail on one connection; shorter than what firewalls on the
 *     way remember a silent one for
 * @param secret if the mail server is to call {@code /hooks/channels/email} under the public URL
 *     with each message: 16 characters or more
 * @param properties of Jakarta Mail
 */
@ConfigurationProperties("ripen.email.inbox")
record MailboxProperties(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("tls") Encryption encryption,
    @DefaultValue("INBOX") String folder,
    @DefaultValue("Ripen") String readFolder,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("1m") Duration answerTimeout,
    @DefaultValue("9m") Duration renewAfter,
    @Nullable String secret,
    @DefaultValue Map<String, String> properties) {

  ImapServer server() {
    return new ImapServer(
        Objects.requireNonNull(host),
        Objects.requireNonNullElse(port, encryption == Encryption.TLS ? 993 : 143),
        username,
        password,
        encryption,
        folder,
        readFolder,
        connectTimeout,
        answerTimeout,
        renewAfter,
        properties);
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "MailboxProperties[host=%s, folder=%s]".formatted(host, folder);
  }
}
