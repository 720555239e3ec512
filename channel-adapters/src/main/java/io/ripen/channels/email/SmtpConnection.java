package io.ripen.channels.email;

import static java.util.Objects.requireNonNull;

import io.ripen.channels.Channel.HandOver;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.email.Reply.Stage;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server. Jakarta Mail's exceptions do not tell at which stage a conversation
 * broke, so this class listens to both sides of it. For one thread at a time.
 */
final class SmtpConnection extends SMTPTransport {

  private boolean listening = true;
  private Stage stage = Stage.GREETING;
  private @Nullable Reply reply;
  private @Nullable HandOver handOver;
  private @Nullable RuntimeException refusal;
  private int messages;
  private boolean broken;

  SmtpConnection(Session session) {
    super(session, null);
  }

  /** The server's last word, unless it was lost. */
  @Nullable Reply reply() {
    return reply;
  }

  /** How many messages this connection has carried. */
  int messages() {
    return messages;
  }

  /** Whether this connection is of no more use. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the conversation ended before the server could have taken the message. */
  boolean isBeforeDot() {
    return stage.compareTo(Stage.DOT) < 0;
  }

  /** Sends a message; a refusal of {@code begin} is thrown on, with the connection dropped. */
  SendResult deliver(MimeMessage message, String id, HandOver begin, UnaryOperator<String> scrub) {
    handOver = begin;
    refusal = null;
    reply = null;
    stage = Stage.MAIL;
    broken = true;
    try {
      sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      if (refusal != null) {
        throw refusal;
      }
      return failure(e, id, scrub);
    } finally {
      messages++;
    }
    broken = false;
    return new SendResult.Accepted(id);
  }

  private SendResult failure(MessagingException e, String id, UnaryOperator<String> scrub) {
    Reply last = reply;
    if (last != null && last.isRefusal()) {
      // The server closes the connection after 421.
      broken = last.code() == 421;
      return Verdict.of(last, scrub);
    }
    if (isBeforeDot()) {
      return new SendResult.Retryable(
          "the connection to the SMTP server was lost at %s (%s)"
              .formatted(stage.words(), Causes.of(e)),
          Duration.ZERO,
          Scope.CHANNEL);
    }
    // Jakarta Mail knows no success but 250.
    return last != null && last.isSuccess()
        ? new SendResult.Accepted(id)
        : new SendResult.Uncertain(
            "the SMTP server's answer to the message was lost (%s)".formatted(Causes.of(e)));
  }

  /** Called when all but the final dot is written. */
  @Override
  protected void finishData() throws IOException, MessagingException {
    try {
      requireNonNull(handOver).begin();
    } catch (RuntimeException e) {
      refusal = e;
      // Jakarta Mail answers an IOException by dropping the connection, which voids the message.
      throw new IOException("the message was taken back", e);
    }
    super.finishData();
  }

  @Override
  protected void sendCommand(String command) throws MessagingException {
    String verb = command.toUpperCase(Locale.ROOT);
    if (verb.startsWith("RSET") || verb.startsWith("QUIT") || verb.startsWith("NOOP")) {
      listening = false;
    } else {
      listening = true;
      reply = null;
      stage = stage(verb);
    }
    super.sendCommand(command);
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (listening) {
      reply = new Reply(stage, code, getLastServerResponse());
    }
    return code;
  }

  private Stage stage(String command) {
    if (command.startsWith("EHLO ") || command.startsWith("HELO ")) {
      return Stage.EHLO;
    }
    if (command.equals("STARTTLS")) {
      return Stage.STARTTLS;
    }
    if (command.startsWith("AUTH ")) {
      return Stage.AUTH;
    }
    if (command.startsWith("MAIL FROM:")) {
      return Stage.MAIL;
    }
    if (command.startsWith("RCPT TO:")) {
      return Stage.RCPT;
    }
    if (command.equals("DATA")) {
      return Stage.DATA;
    }
    return command.equals(".") ? Stage.DOT : stage;
  }
}
