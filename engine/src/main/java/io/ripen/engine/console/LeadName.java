package io.ripen.engine.console;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
