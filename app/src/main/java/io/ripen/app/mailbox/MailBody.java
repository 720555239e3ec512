package io.ripen.app.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The first plain-text and the first HTML part of a mail. */
record MailBody(String text, String html, @Nullable String problem) {

  static final MailBody EMPTY = new MailBody("", "", null);

  private static final int PREHEADER_LENGTH = 140;
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

  /** What senders pad a preheader with, so that no text of the mail follows it. */
  private static final Pattern PADDING =
      Pattern.compile("[\\u00ad\\u034f\\u061c\\u115f\\u200b-\\u200f\\u2007\\ufeff\\s]+");

  static MailBody of(Part part) {
    try {
      return read(part);
    } catch (MessagingException | IOException | RuntimeException e) {
      return new MailBody("", "", e.toString());
    }
  }

  private static MailBody read(Part part) throws MessagingException, IOException {
    if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return EMPTY;
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      MailBody body = EMPTY;
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart next = parts.getBodyPart(i);
        body = body.or(of(next));
      }
      return body;
    }
    if (part.isMimeType("text/html")) {
      return new MailBody("", content(part), null);
    }
    return part.isMimeType("text/plain") ? new MailBody(content(part), "", null) : EMPTY;
  }

  private static String content(Part part) throws MessagingException, IOException {
    try {
      return Objects.toString(part.getContent(), "");
    } catch (UnsupportedEncodingException e) {
      try (InputStream bytes = part.getInputStream()) {
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private MailBody or(MailBody other) {
    return new MailBody(
        text.isEmpty() ? other.text : text,
        html.isEmpty() ? other.html : html,
        problem == null ? other.problem : problem);
  }

  String preheader() {
    String words = html.isEmpty() ? text : shownFirst(Jsoup.parse(html));
    String line = PADDING.matcher(words).replaceAll(" ").strip();
    return line.length() <= PREHEADER_LENGTH
        ? line
        : line.substring(0, PREHEADER_LENGTH).strip() + "…";
  }

  /**
   * The hidden words at the beginning that are meant for the list of mails, else what one reads.
   */
  private static String shownFirst(Document page) {
    Element hidden =
        page.body().select("> div[style*=display]:matches(\\S)").stream()
            .filter(div -> div.attr("style").replace(" ", "").contains("display:none"))
            .findFirst()
            .orElse(null);
    return hidden == null ? page.body().text() : hidden.text();
  }

  List<String> links() {
    Stream<String> found =
        html.isEmpty()
            ? LINK.matcher(text).results().map(MatchResult::group)
            : Jsoup.parse(html).select("a[href]").eachAttr("href").stream();
    return found.filter(link -> LINK.matcher(link).matches()).distinct().toList();
  }
}
