package io.ripen.engine.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** What a lead is called on pages. */
final class LeadName {

  private LeadName() {}

  static String of(
      @Nullable String firstName, @Nullable String lastName, @Nullable String email, UUID id) {
    String name =
        Stream.of(firstName, lastName)
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(" "));
    if (!name.isEmpty()) {
      return name;
    }
    return email != null && !email.isBlank() ? email : "Visitor " + id.toString().substring(24);
  }

  /** The link that begins an e-mail; whatever stands in the address is part of it. */
  static String mailto(String email) {
    int at = email.lastIndexOf('@');
    return "mailto:%s@%s"
        .formatted(
            UriUtils.encode(email.substring(0, Math.max(at, 0)), UTF_8),
            UriUtils.encode(email.substring(at + 1), UTF_8));
  }

  /** How a temperature is coloured. */
  static String warmth(String temperature) {
    return switch (temperature) {
      case "hot" -> "badge-bad";
      case "warm" -> "badge-warn";
      default -> "badge-info";
    };
  }

  /** How a stage is coloured. */
  static String badge(String stage) {
    return switch (stage) {
      case "CUSTOMER" -> "badge-good";
      case "MQL", "SQL", "SALES" -> "badge-warn";
      case "LEAD" -> "badge-info";
      case "DISQUALIFIED", "NO_NEED" -> "badge-bad";
      default -> "";
    };
  }
}
