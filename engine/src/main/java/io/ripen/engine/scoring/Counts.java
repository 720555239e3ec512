package io.ripen.engine.scoring;

import io.ripen.engine.events.Event;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How often the same rule gives points to the same lead. */
public enum Counts {
  /** For every event. */
  ALWAYS,
  /** For the first event of each day, by UTC. */
  DAILY,
  /** For the first event ever. */
  ONCE;

  static @Nullable Counts named(String name) {
    for (Counts counts : values()) {
      if (counts.name().toLowerCase(Locale.ROOT).equals(name)) {
        return counts;
      }
    }
    return null;
  }

  /**
   * What may be filled once for each lead and rule; the event's own id where every event counts.
   */
  public String slot(Event event) {
    return switch (this) {
      case ALWAYS -> event.messageId();
      case DAILY -> event.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate().toString();
      case ONCE -> "";
    };
  }
}
