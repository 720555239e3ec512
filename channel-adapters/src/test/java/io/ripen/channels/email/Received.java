package io.ripen.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Properties;

/** Messages as they come to our mailbox, in the words of the servers that make them. */
final class Received {

  static final String ID = "4503599627370497.0198c0de-0000-7000-8000-00000000002a";
  static final String ANNA = "anna@example.org";
  static final ReturnPath PATH =
      new ReturnPath("bounce@mail.example.com", "a secret of the tests, long enough");

  private Received() {}

  /** A bounce as Postfix writes it. */
  static String bounce(String to, String action, String status, String diagnostic, String whose) {
    return """
    Return-Path: <>
    Date: Sun, 1 Mar 2026 09:00:00 +0000 (UTC)
    From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender
    To: %s
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
     boundary="A1B2.1772355600/mx.example.com"
    Message-Id: <20260301090000.A1B2@mx.example.com>

    This is a MIME-encapsulated message.

    --A1B2.1772355600/mx.example.com
    Content-Description: Notification
    Content-Type: text/plain; charset=us-ascii

    I'm sorry to have to inform you that your message could not be delivered.

    --A1B2.1772355600/mx.example.com
    Content-Description: Delivery report
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.com
    X-Postfix-Queue-ID: A1B2
    Arrival-Date: Sun,  1 Mar 2026 08:59:59 +0000 (UTC)

    Final-Recipient: rfc822; %s
    Original-Recipient: rfc822;%s
    Action: %s
    Status: %s
    Remote-MTA: dns; mx.example.org
    Diagnostic-Code: %s

    --A1B2.1772355600/mx.example.com
    Content-Description: Undelivered Message Headers
    Content-Type: text/rfc822-headers

    Return-Path: <%s>
    From: Ripen Shop <shop@example.com>
    To: Anna <anna@example.org>
    Message-ID: <%s@shop.example.com>

    --A1B2.1772355600/mx.example.com--
    """
        .formatted(to, whose, whose, action, status, diagnostic, to, ID);
  }

  /** A complaint as providers write it. */
  static String complaint(String type, String sender, String recipient) {
    return """
    From: <fbl@provider.example>
    Date: Sun, 1 Mar 2026 09:00:00 +0000
    Subject: FW: You left something behind
    To: <complaints@mail.example.com>
    Message-ID: <complaint-7@provider.example>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary="part"

    --part
    Content-Type: text/plain; charset="US-ASCII"

    This is an email abuse report.

    --part
    Content-Type: message/feedback-report

    Feedback-Type: %s
    User-Agent: SomeGenerator/1.0
    Version: 1
    Original-Mail-From: <%s>
    Original-Rcpt-To: <%s>

    --part
    Content-Type: message/rfc822

    From: Ripen Shop <shop@example.com>
    Message-ID: <%s@shop.example.com>
    Subject: You left something behind

    Hello
    --part--
    """
        .formatted(type, sender, recipient, ID);
  }

  /** What Anna writes. */
  static String letter(String headers, String body) {
    return """
    From: Anna Kovács <anna@example.org>
    To: Ripen Shop <shop@example.com>
    Date: Sun, 1 Mar 2026 09:30:00 +0000
    Message-ID: <letter-1@example.org>
    Subject: Re: You left something behind
    MIME-Version: 1.0
    %s

    %s
    """
        .formatted(headers, body);
  }

  static MimeMessage mime(String text) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(UTF_8)));
  }
}
