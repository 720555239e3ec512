package io.ripen.engine.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a lead's timeline is made of. */
enum TimelineKind {
  EVENT("Events"),
  SIGNAL("Signals"),
  FLOW("Flows"),
  TOUCH("Touches"),
  DECISION("Decisions"),
  POINTS("Points"),
  STAGE("Stage"),
  CONSENT("Consents"),
  MERGE("Merges");

  private final String plural;

  TimelineKind(String plural) {
    this.plural = plural;
  }

  /**
   * Finds a kind by its name in lower case.
   *
   * @throws BadRequest when there is none
   */
  static TimelineKind named(String name) {
    for (TimelineKind kind : values()) {
      if (kind.lower().equals(name)) {
        return kind;
      }
    }
    throw new BadRequest(
        "kind: %s (expected: one of %s)"
            .formatted(
                name,
                Arrays.stream(values()).map(TimelineKind::lower).collect(Collectors.joining(", "))),
        null);
  }

  @JsonValue
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String plural() {
    return plural;
  }
}
