package io.ripen.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Webhook;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bounces, complaints and answers from a mail server that calls us, one whole message as the
 * body of each call: for example Postfix by a pipe to {@code curl --data-binary @-}.
 */
public final class MailWebhook implements Webhook {

  private static final Logger LOG = LoggerFactory.getLogger(MailWebhook.class);
  private static final int SHORTEST = 16;

  private final byte[] expected;
  private final Inbox inbox;
  private final Session session = Session.getInstance(new Properties());

  /**
   * @param secret what the caller says in {@code Authorization: Bearer SECRET}
   */
  public MailWebhook(String secret, Inbox inbox) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "the secret of the mail server's webhook has %d characters (expected: %d or more)"
              .formatted(secret.length(), SHORTEST));
    }
    this.expected = ("Bearer " + secret).getBytes(UTF_8);
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public int largest() {
    return 1024 * 1024;
  }

  /** Behind the text of a letter come pictures and films. */
  @Override
  public boolean takesParts() {
    return true;
  }

  @Override
  public Answer receive(Request request) {
    if (!request.method().equals("POST")) {
      return new Answer.Refused(405, "call by POST, with one message as the body");
    }
    if (!MessageDigest.isEqual(
        expected, request.header("Authorization").orElse("").getBytes(UTF_8))) {
      return new Answer.Refused(
          401, "the secret is missing or wrong (expected: Authorization: Bearer SECRET)");
    }
    try {
      return new Answer.Taken(
          inbox
              .read(new MimeMessage(session, new ByteArrayInputStream(request.content())))
              .orElseGet(
                  () -> {
                    LOG.warn("The mail server told of a message that only a person understands");
                    return List.of();
                  }));
    } catch (MessagingException | IOException e) {
      return new Answer.Refused(400, "the body is no e-mail (expected: one whole, as in RFC 5322)");
    }
  }
}
