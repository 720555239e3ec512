package io.ripen.app.mailbox;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Sends mails over real SMTP. */
final class Mails {

  private Mails() {}

  static void send(int port, String to, String subject, String text, String html)
      throws MessagingException {
    Properties settings = new Properties();
    settings.put("mail.smtp.host", "127.0.0.1");
    settings.put("mail.smtp.port", String.valueOf(port));
    MimeMessage message = new MimeMessage(Session.getInstance(settings));
    message.setFrom(new InternetAddress("hello@juniper.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, "UTF-8");
    message.addHeader("List-Unsubscribe", "<https://ripen.example/unsubscribe/abc>");
    message.addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, "UTF-8");
    MimeBodyPart rich = new MimeBodyPart();
    rich.setContent(html, "text/html; charset=UTF-8");
    message.setContent(new MimeMultipart("alternative", plain, rich));
    Transport.send(message);
  }

  /** Sends bytes that no mail library would. */
  static void sendRaw(int port, String to, String message) throws IOException {
    String talk =
        "HELO test\r\nMAIL FROM:<broken@example.com>\r\nRCPT TO:<%s>\r\nDATA\r\n%s\r\n.\r\nQUIT\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(talk.formatted(to, message).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.getInputStream().readAllBytes();
    }
  }
}
