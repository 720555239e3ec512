package io.ripen.channels.email;

import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.email.SmtpServer.Encryption;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** Opens connections to one server. */
final class SmtpConnector {

  private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";

  /** Who sets these has sockets of their own. */
  private static final Pattern OWN_SOCKETS = Pattern.compile("socketFactory|\\.socks\\.");

  private final SmtpServer server;
  private final Session session;

  SmtpConnector(SmtpServer server) {
    // Unless it is named, Jakarta Mail looks for it in all jars, some ten times for each message.
    if (System.getProperty(STREAM_PROVIDER) == null) {
      System.setProperty(STREAM_PROVIDER, MailStreamProvider.class.getName());
    }
    this.server = server;
    this.session = Session.getInstance(properties(server));
  }

  Session session() {
    return session;
  }

  /** A connection that is greeted, encrypted and logged in. */
  SmtpConnection open() throws NotConnected {
    SmtpConnection connection = new SmtpConnection(session);
    try {
      connection.connect(server.host(), server.port(), server.username(), server.password());
      return connection;
    } catch (MessagingException e) {
      throw new NotConnected(why(connection, e));
    }
  }

  /** No address is at fault when we do not even get through, so this is always worth a retry. */
  private Retryable why(SmtpConnection connection, MessagingException e) {
    Reply reply = connection.reply();
    if (reply != null && reply.isRefusal()) {
      SendResult verdict = Verdict.of(reply, UnaryOperator.identity());
      if (verdict instanceof Retryable refusal) {
        return new Retryable(
            server.address() + ": " + refusal.cause(), refusal.backoff(), Scope.CHANNEL);
      }
    }
    String cause =
        server.encryption() == Encryption.STARTTLS_REQUIRED
                && !connection.supportsExtension("STARTTLS")
                && reply != null
            ? "the server does not offer STARTTLS, which is required"
            : Causes.of(e);
    return new Retryable(
        "no connection to the SMTP server " + server.address() + ": " + cause,
        Duration.ZERO,
        Scope.CHANNEL);
  }

  private static Properties properties(SmtpServer server) {
    Properties mail = new Properties();
    // A bounce need not bring the whole message back.
    mail.setProperty("mail.smtp.dsn.ret", "HDRS");
    mail.putAll(server.properties());
    mail.setProperty("mail.smtp.connectiontimeout", millis(server.connectTimeout()));
    mail.setProperty("mail.smtp.timeout", millis(server.answerTimeout()));
    mail.setProperty("mail.smtp.writetimeout", millis(server.answerTimeout()));
    mail.setProperty("mail.smtp.auth", Boolean.toString(server.username() != null));
    Encryption encryption = server.encryption();
    mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(encryption == Encryption.TLS));
    mail.setProperty(
        "mail.smtp.starttls.enable",
        Boolean.toString(
            encryption == Encryption.STARTTLS_IF_OFFERED
                || encryption == Encryption.STARTTLS_REQUIRED));
    mail.setProperty(
        "mail.smtp.starttls.required",
        Boolean.toString(encryption == Encryption.STARTTLS_REQUIRED));
    mail.setProperty("mail.smtp.quitwait", "false");
    if (mail.keySet().stream().noneMatch(key -> OWN_SOCKETS.matcher(key.toString()).find())) {
      mail.put("mail.smtp.socketFactory", new PromptSockets());
      mail.setProperty("mail.smtp.socketFactory.fallback", "false");
    }
    // With BDAT there is no final dot, and so no moment to begin the hand-over.
    mail.setProperty("mail.smtp.chunksize", "-1");
    mail.setProperty("mail.smtp.sendpartial", "false");
    return mail;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** Nobody listens, or nobody lets us in. */
  static final class NotConnected extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Retryable result;

    NotConnected(Retryable result) {
      super(result.cause());
      this.result = result;
    }

    Retryable result() {
      return result;
    }
  }
}
