package io.ripen.channels.email;

import io.ripen.channels.Inbound;
import jakarta.mail.internet.InternetHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person told their provider of a message of ours (abuse report format, RFC 5965). */
record FeedbackReport(Parts parts, String id, Instant at) {

  private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud");

  /** What it tells, if we know which message it is about. */
  Optional<List<Inbound>> read(Optional<ReturnPath> returnPath) {
    if (parts.fields().isEmpty()) {
      return Optional.empty();
    }
    InternetHeaders fields = parts.fields().getFirst();
    String type = Parts.value(fields, "Feedback-Type").toLowerCase(Locale.ROOT);
    if (!COMPLAINTS.contains(type)) {
      return Optional.of(List.of());
    }
    Optional<ReturnPath.Sent> sent =
        returnPath.flatMap(
            path -> path.find(Parts.value(fields, "Original-Mail-From")).or(() -> returned(path)));
    return sent.map(ReturnPath.Sent::messageId)
        .or(() -> returnPath.isPresent() ? Optional.empty() : returnedId())
        .map(
            messageId -> {
              String to = Parts.value(fields, "Original-Rcpt-To").replaceAll("[<>]", "");
              boolean isTheirs = sent.filter(message -> message.isFor(to)).isPresent();
              return List.of(new Inbound.Complained(id, at, null, messageId, isTheirs ? to : null));
            });
  }

  private Optional<String> returnedId() {
    return MessageIds.lastIn(String.valueOf(parts.returned().getHeader("Message-ID", null)));
  }

  private Optional<ReturnPath.Sent> returned(ReturnPath path) {
    return path.find(String.valueOf(parts.returned().getHeader("Return-Path", null)));
  }
}
