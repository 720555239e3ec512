package io.ripen.channels.email;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/** Makes the MIME message: text and HTML as alternatives, everything in UTF-8. */
final class MimeComposer {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final Pattern MESSAGE_ID = Pattern.compile("[!-;=?A-~]+@[!-;=?A-~]+");
  private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[!-;=?-~]+");

  private final Session session;
  private final Sender sender;
  private final @Nullable Dkim dkim;
  private final Clock clock;

  MimeComposer(Session session, Sender sender, @Nullable Dkim dkim, Clock clock) {
    this.session = session;
    this.sender = sender;
    this.dkim = dkim;
    this.clock = clock;
  }

  MimeMessage compose(EmailMessage email, InternetAddress to) {
    if (!MESSAGE_ID.matcher(email.messageId()).matches()) {
      throw new IllegalArgumentException(
          "messageId: \"%s\" (expected: left@right, without brackets)"
              .formatted(email.messageId()));
    }
    try {
      WithId mime = new WithId(session, email.messageId());
      if (email.returnPath() != null) {
        mime.setEnvelopeFrom(Addresses.required("return path", email.returnPath()).getAddress());
      }
      mime.setFrom(Addresses.named(Addresses.required("From", sender.address()), sender.name()));
      if (sender.replyTo() != null) {
        mime.setReplyTo(new InternetAddress[] {Addresses.required("Reply-To", sender.replyTo())});
      }
      mime.setRecipient(Message.RecipientType.TO, Addresses.named(to, email.toName()));
      mime.setSubject(Addresses.oneLine(email.subject()), UTF_8);
      mime.setSentDate(Date.from(clock.instant()));
      // RFC 3834: asks vacation responders to keep still; their answers would look like replies.
      mime.setHeader("Auto-Submitted", "auto-generated");
      unsubscribe(mime, email);
      mime.setContent(content(email));
      mime.saveChanges();
      if (dkim != null) {
        dkim.sign(mime);
      }
      return mime;
    } catch (MessagingException e) {
      throw new IllegalStateException("the MIME message could not be made", e);
    }
  }

  private static MimeMultipart content(EmailMessage email) throws MessagingException {
    MimeMultipart alternatives = new MimeMultipart("alternative");
    // The last alternative is the one that mail programs like best.
    alternatives.addBodyPart(part(email.text(), "plain"));
    alternatives.addBodyPart(part(email.html(), "html"));
    if (email.attachments().isEmpty()) {
      return alternatives;
    }
    MimeBodyPart said = new MimeBodyPart();
    said.setContent(alternatives);
    MimeMultipart mixed = new MimeMultipart("mixed");
    mixed.addBodyPart(said);
    for (Attachment attachment : email.attachments()) {
      mixed.addBodyPart(part(attachment));
    }
    return mixed;
  }

  private static MimeBodyPart part(Attachment attachment) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.contentType())));
    part.setFileName(Addresses.oneLine(attachment.name()));
    part.setDisposition(Part.ATTACHMENT);
    return part;
  }

  private static void unsubscribe(MimeMessage mime, EmailMessage email) throws MessagingException {
    String url = email.unsubscribeUrl();
    if (url == null) {
      return;
    }
    if (!WEB_ADDRESS.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "unsubscribeUrl: \"%s\" (expected: an http or https address)".formatted(url));
    }
    mime.setHeader("List-Unsubscribe", "<" + url + ">");
    // RFC 8058: mail programs may unsubscribe with one POST, and without asking anything.
    mime.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    return part;
  }

  /** Keeps its Message-ID, where Jakarta Mail would make one up. */
  private static final class WithId extends SMTPMessage {
    private final String id;

    WithId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
