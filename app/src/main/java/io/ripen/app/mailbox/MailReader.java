package io.ripen.app.mailbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what was kept. A malformed mail is read as far as it goes. */
final class MailReader {

  private static final Session SESSION = Session.getInstance(new Properties());
  private static final Pattern WEB_ADDRESS = Pattern.compile("<(https?:[^>\\s]+)>");

  private static final String EMAIL = "email";

  private MailReader() {}

  static Mail read(String id, byte[] kept) {
    Map<String, List<String>> headers = Map.of();
    MailBody body = MailBody.EMPTY;
    String problem = null;
    try {
      MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(kept));
      headers = headers(message);
      body = MailBody.of(message);
    } catch (MessagingException | RuntimeException e) {
      // The library answers broken mails with exceptions of many kinds.
      problem = e.toString();
    }
    return new Mail(
        id,
        first(headers, MailboxChannel.CHANNEL).isEmpty()
            ? EMAIL
            : first(headers, MailboxChannel.CHANNEL),
        receivedAt(first(headers, Envelope.RECEIVED_AT)),
        first(headers, "From"),
        values(headers, Envelope.RECIPIENT),
        first(headers, "Subject"),
        body.preheader(),
        body.text(),
        body.html(),
        headers,
        body.links(),
        webAddress(first(headers, "List-Unsubscribe")),
        first(headers, "List-Unsubscribe-Post").equals("List-Unsubscribe=One-Click"),
        problem == null ? body.problem() : problem);
  }

  private static Map<String, List<String>> headers(MimeMessage message) throws MessagingException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers
          .computeIfAbsent(header.getName(), name -> new ArrayList<>())
          .add(decoded(header.getValue()));
    }
    return headers;
  }

  private static String decoded(String value) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(value));
    } catch (IOException | RuntimeException e) {
      return value;
    }
  }

  private static List<String> values(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return values(headers, name).stream().findFirst().orElse("");
  }

  private static Instant receivedAt(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static @Nullable String webAddress(String listUnsubscribe) {
    Matcher matcher = WEB_ADDRESS.matcher(listUnsubscribe);
    return matcher.find() ? matcher.group(1) : null;
  }
}
