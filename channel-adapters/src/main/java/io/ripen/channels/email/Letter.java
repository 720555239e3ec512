package io.ripen.channels.email;

import io.ripen.channels.Inbound;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What a person wrote to us. */
record Letter(MimeMessage message, String id, Instant at) {

  private static final String EMAIL = "email";
  private static final int LARGEST = 256 * 1024;
  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 10;

  /** What it tells, if we can see whom it is from. */
  Optional<List<Inbound>> read() throws MessagingException, IOException {
    Optional<String> from = from();
    if (from.isEmpty()) {
      return Optional.empty();
    }
    String text = Quotes.without(text(message, 0).orElse("").replace("\0", ""));
    String said = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return Optional.of(
        List.of(new Inbound.Said(id, at, EMAIL, from.get(), said, answered().orElse(null))));
  }

  private Optional<String> from() throws MessagingException {
    try {
      Address[] from = message.getFrom();
      return from != null && from.length == 1 && from[0] instanceof InternetAddress address
          ? Addresses.parse(address.getAddress()).map(InternetAddress::getAddress)
          : Optional.empty();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /** The message of ours that this is an answer to: mail programs say so. */
  private Optional<String> answered() throws MessagingException {
    return MessageIds.lastIn(Inbox.header(message, "In-Reply-To"))
        .or(
            () -> {
              try {
                return MessageIds.lastIn(Inbox.header(message, "References"));
              } catch (MessagingException e) {
                return Optional.empty();
              }
            });
  }

  /** The first text in it, as plain text. */
  private static Optional<String> text(Part part, int depth)
      throws MessagingException, IOException {
    if (depth > DEEPEST || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return Optional.empty();
    }
    if (part.isMimeType("text/plain")) {
      return Optional.of(content(part));
    }
    if (part.isMimeType("text/html")) {
      Document page = Jsoup.parse(content(part));
      page.select("blockquote, .gmail_quote, style, script, title").remove();
      page.select("br, p, div, li, tr").before("\n");
      return Optional.of(page.wholeText());
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        Optional<String> text = text(parts.getBodyPart(i), depth + 1);
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  private static String content(Part part) throws MessagingException, IOException {
    try (InputStream content = part.getInputStream()) {
      return new String(content.readNBytes(LARGEST), charset(part));
    }
  }

  private static Charset charset(Part part) throws MessagingException {
    try {
      String name = new ContentType(part.getContentType()).getParameter("charset");
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
    } catch (ParseException | IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
