package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** An e-mail as a mail program reads it. */
record Mail(String recipient, MimeMessage message) {

  static Mail parse(String recipient, byte[] source) {
    try {
      return new Mail(
          recipient,
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source)));
    } catch (MessagingException e) {
      throw new IllegalArgumentException("not an e-mail", e);
    }
  }

  String subject() {
    return read(MimeMessage::getSubject);
  }

  String header(String name) {
    return read(m -> m.getHeader(name, null));
  }

  String text() {
    return read(m -> part(m, "text/plain"));
  }

  Document html() {
    return Jsoup.parse(read(m -> part(m, "text/html")));
  }

  /** The address behind each link, in the order of the HTML part. */
  List<String> links() {
    return html().select("a[href]").eachAttr("href");
  }

  /** The address behind the link with this text in it. */
  String link(String text) {
    return html().select("a[href]:contains(" + text + ")").attr("href");
  }

  /** Whether a flow has sent it: each of our links knows whose it is. */
  boolean isOf(String flow) {
    return links().stream()
        .filter(link -> link.matches(".*/(r|answer|confirm|download|unsubscribe)/[\\w-]+"))
        .anyMatch(link -> signed(link).contains(flow));
  }

  /** What one of our links carries. */
  static String signed(String link) {
    String token = link.substring(link.lastIndexOf('/') + 1);
    return new String(Base64.getUrlDecoder().decode(token), ISO_8859_1);
  }

  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return (String) part.getContent();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        String found = part(parts.getBodyPart(i), type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }

  private String read(Reader reader) {
    try {
      String value = reader.read(message);
      return value == null ? "" : value;
    } catch (MessagingException | IOException e) {
      throw new AssertionError("the e-mail to " + recipient + " cannot be read", e);
    }
  }

  private interface Reader {
    String read(MimeMessage message) throws MessagingException, IOException;
  }
}
