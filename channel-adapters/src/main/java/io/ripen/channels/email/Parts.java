package io.ripen.channels.email;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a report by a program (RFC 6522): fields, and the message that it is about.
 *
 * @param kind for example {@code delivery-status}
 * @param fields in blocks, as blank lines divide them
 * @param returned the headers of the message that came back, if any did
 */
record Parts(String kind, List<InternetHeaders> fields, InternetHeaders returned) {

  private static final int LARGEST = 256 * 1024;
  private static final int MOST_BLOCKS = 100;
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

  private static final List<String> KINDS = List.of("delivery-status", "feedback-report");

  /** RFC 6533 has the global ones, for addresses in other scripts. */
  private static final List<String> RETURNED =
      List.of("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers");

  /** The parts, when it is a report. */
  static Optional<Parts> ofReport(MimeMessage message) throws MessagingException, IOException {
    Optional<ContentType> type = type(message);
    if (type.isEmpty() || !type.get().match("multipart/report")) {
      return Optional.empty();
    }
    String said =
        Optional.ofNullable(type.get().getParameter("report-type"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    List<InternetHeaders> fields = List.of();
    String kind = said;
    InternetHeaders returned = new InternetHeaders();
    if (message.getContent() instanceof MimeMultipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart part = parts.getBodyPart(i);
        Optional<String> fieldsOf =
            KINDS.stream()
                .filter(
                    each ->
                        isOneOf(part, List.of("message/" + each, "message/global-" + each))
                            && (said.isEmpty() || said.equals(each)))
                .findFirst();
        if (fieldsOf.isPresent()) {
          kind = fieldsOf.get();
          fields = blocks(part);
        } else if (isOneOf(part, RETURNED)) {
          returned = new InternetHeaders(start(part));
        }
      }
    }
    return Optional.of(new Parts(kind, fields, returned));
  }

  /** What the field says, without comments and what type of thing it is. */
  static String value(InternetHeaders fields, String name) {
    String value = fields.getHeader(name, " ");
    if (value == null) {
      return "";
    }
    String plain = COMMENT.matcher(value).replaceAll(" ");
    return plain.substring(plain.indexOf(';') + 1).strip();
  }

  private static boolean isOneOf(Part part, List<String> types) {
    return types.stream()
        .anyMatch(
            type -> {
              try {
                return part.isMimeType(type);
              } catch (MessagingException e) {
                return false;
              }
            });
  }

  private static List<InternetHeaders> blocks(Part part) throws MessagingException, IOException {
    List<InternetHeaders> blocks = new ArrayList<>();
    InputStream start = start(part);
    while (start.available() > 0 && blocks.size() < MOST_BLOCKS) {
      InternetHeaders block = new InternetHeaders(start);
      if (block.getAllHeaders().hasMoreElements()) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private static InputStream start(Part part) throws MessagingException, IOException {
    try (InputStream content = part.getInputStream()) {
      return new ByteArrayInputStream(content.readNBytes(LARGEST));
    }
  }

  private static Optional<ContentType> type(Part part) throws MessagingException {
    @Nullable String type = part.getContentType();
    try {
      return type == null ? Optional.empty() : Optional.of(new ContentType(type));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
