package io.ripen.channels.email;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One e-mail to one person.
 *
 * @param messageId the Message-ID without angle brackets; the same touch always has the same one
 * @param to the address
 * @param toName the name to show beside the address, if known
 * @param html the HTML part
 * @param text the plain-text part
 * @param unsubscribeUrl an HTTPS (on a laptop HTTP) address that takes the one-click POST of RFC
 *     8058, or null for a message that nobody can unsubscribe from
 * @param returnPath where bounces go, see {@link ReturnPath}; null for the From address
 */
public record EmailMessage(
    String messageId,
    String to,
    @Nullable String toName,
    String subject,
    String html,
    String text,
    @Nullable String unsubscribeUrl,
    @Nullable String returnPath,
    List<Attachment> attachments) {

  public EmailMessage {
    attachments = List.copyOf(attachments);
  }

  /** One without attachments, whose bounces go to the From address. */
  public EmailMessage(
      String messageId,
      String to,
      @Nullable String toName,
      String subject,
      String html,
      String text,
      @Nullable String unsubscribeUrl) {
    this(messageId, to, toName, subject, html, text, unsubscribeUrl, null, List.of());
  }
}
