package io.ripen.channels.email;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import jakarta.mail.internet.InternetHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server tells of a message that it had taken (delivery status notification, RFC 3464). */
record DeliveryReport(Parts parts, String id, Instant at) {

  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\.?\\d)");

  private static final Pattern UNSPECIFIC = Pattern.compile("[0-9]\\.0\\.0");

  /**
   * What it tells, if we know which message it is about.
   *
   * @param recipients whom the report was sent to
   */
  Optional<List<Inbound>> read(Optional<ReturnPath> returnPath, String recipients) {
    if (returnPath.isPresent()) {
      return returnPath
          .get()
          .find(recipients)
          .flatMap(sent -> read(sent.messageId(), recipient(sent).orElse(null)));
    }
    return MessageIds.lastIn(String.valueOf(parts.returned().getHeader("Message-ID", null)))
        .flatMap(messageId -> read(messageId, null));
  }

  /** The address that we wrote to, among those that the report names. */
  private Optional<String> recipient(ReturnPath.Sent sent) {
    return parts.fields().stream()
        .flatMap(
            block ->
                Stream.of("Original-Recipient", "Final-Recipient")
                    .map(name -> Parts.value(block, name)))
        .filter(sent::isFor)
        .findFirst();
  }

  private Optional<List<Inbound>> read(String messageId, @Nullable String to) {
    return parts.fields().stream()
        .filter(block -> block.getHeader("Action", null) != null)
        .findFirst()
        .map(block -> read(block, messageId, to));
  }

  /** Each of our messages has one recipient. */
  private List<Inbound> read(InternetHeaders block, String messageId, @Nullable String to) {
    return switch (Parts.value(block, "Action").toLowerCase(Locale.ROOT)) {
      case "failed" -> List.of(undelivered(status(block), messageId, to));
      case "delivered" -> List.of(new Inbound.Delivered(id, at, null, messageId));
      // Delayed, relayed, expanded: it is still on its way, or out of sight.
      default -> List.of();
    };
  }

  private Inbound undelivered(String status, String messageId, @Nullable String to) {
    Cause cause = status.startsWith("5") ? Verdict.cause(status.substring(2)) : null;
    return new Inbound.Undelivered(
        id,
        at,
        null,
        messageId,
        to,
        cause == null ? Cause.LOST : cause,
        status,
        status.startsWith("4")
            ? "the server gave up after a while (%s)".formatted(status)
            : "the recipient's server refused it (%s)".formatted(status));
  }

  /** The most telling of the codes that the report gives. */
  private static String status(InternetHeaders block) {
    return Stream.of("Status", "Diagnostic-Code")
        .map(name -> STATUS.matcher(Parts.value(block, name)))
        .filter(Matcher::find)
        .map(Matcher::group)
        .reduce((one, other) -> UNSPECIFIC.matcher(one).matches() ? other : one)
        .orElse("5.0.0");
  }
}
