package io.ripen.app.mailbox;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.springframework.web.util.HtmlUtils;

/** Shows what would leave by another channel than e-mail in the mailbox, like a mail. */
final class MailboxChannel implements Channel<ShortMessage> {

  /** Tells by which channel it would have left. */
  static final String CHANNEL = "X-Ripen-Channel";

  private static final Session SESSION = Session.getInstance(new Properties());
  private static final String FROM = "ripen";
  private static final int LONGEST_SUBJECT = 80;

  /** What a popup's look calls the form in it. */
  private static final String FORM = "form";

  private final String name;
  private final Mailbox mailbox;
  private final Clock clock;

  MailboxChannel(String name, Mailbox mailbox, Clock clock) {
    this.name = name;
    this.mailbox = mailbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    byte[] mail;
    try {
      mail = mail(message);
    } catch (MessagingException | IOException e) {
      return new SendResult.Rejected("it cannot be shown in the mailbox");
    }
    handOver.begin();
    try {
      mailbox.add(new Envelope(FROM, List.of(message.to()), clock.instant()), mail);
      return new SendResult.Accepted(UuidCreator.getTimeOrderedEpoch().toString());
    } catch (IOException e) {
      return new SendResult.Retryable("the mailbox cannot keep it", Duration.ofSeconds(10));
    }
  }

  private byte[] mail(ShortMessage message) throws MessagingException, IOException {
    MimeMessage mail = new MimeMessage(SESSION);
    mail.setHeader(CHANNEL, name);
    mail.setHeader("From", "Ripen");
    mail.setHeader("To", message.to().replaceAll("\\p{Cntrl}", " "));
    mail.setSubject(subject(message), "UTF-8");
    mail.setSentDate(Date.from(clock.instant()));
    MimeBodyPart text = new MimeBodyPart();
    text.setText(text(message), "UTF-8", "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(message), "UTF-8", "html");
    mail.setContent(new MimeMultipart("alternative", text, html));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    mail.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static String subject(ShortMessage message) {
    String line = message.title().isEmpty() ? message.text().strip() : message.title();
    String words = line.replaceAll("\\s+", " ");
    return words.length() > LONGEST_SUBJECT ? words.substring(0, LONGEST_SUBJECT) + "…" : words;
  }

  private static String text(ShortMessage message) {
    StringBuilder text = new StringBuilder();
    if (!message.title().isEmpty()) {
      text.append(message.title()).append("\n\n");
    }
    text.append(message.text()).append('\n');
    message
        .buttons()
        .forEach(b -> text.append('\n').append(b.label()).append(": ").append(b.url()));
    if (message.look().containsKey(FORM)) {
      text.append("\nForm: ").append(message.look().get(FORM));
    }
    return text.append('\n').toString();
  }

  private static String html(ShortMessage message) {
    StringBuilder html =
        new StringBuilder(
            "<!DOCTYPE html><html><body style=\"margin:0;background:#eef1f4;font-family:sans-serif\">"
                + "<div style=\"max-width:360px;margin:24px auto;padding:20px;background:#fff;"
                + "border-radius:14px;color:#1f2a44;line-height:1.5\">");
    if (!message.title().isEmpty()) {
      html.append("<h2 style=\"margin:0 0 8px;font-size:18px\">")
          .append(escaped(message.title()))
          .append("</h2>");
    }
    html.append("<p style=\"margin:0;white-space:pre-line\">")
        .append(escaped(message.text()))
        .append("</p>");
    if (message.look().containsKey(FORM)) {
      html.append("<p style=\"margin:12px 0 0;color:#5a6478\">The form ")
          .append(escaped(message.look().get(FORM)))
          .append(" is shown here.</p>");
    }
    for (ShortMessage.Button button : message.buttons()) {
      html.append(
              "<a style=\"display:block;margin-top:10px;padding:10px;border-radius:8px;"
                  + "background:#0b7a75;color:#fff;text-align:center;text-decoration:none\" href=\"")
          .append(escaped(button.url()))
          .append("\">")
          .append(escaped(button.label()))
          .append("</a>");
    }
    return html.append("</div></body></html>").toString();
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
