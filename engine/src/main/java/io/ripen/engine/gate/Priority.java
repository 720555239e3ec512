package io.ripen.engine.gate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who goes first, where several touches want the same lead and there is no room for all. */
public enum Priority {
  LOW,
  NORMAL,
  HIGH;

  /** The priority of this name, or null. */
  public static @Nullable Priority named(String name) {
    for (Priority priority : values()) {
      if (priority.lower().equals(name)) {
        return priority;
      }
    }
    return null;
  }

  /** The name in flows, for example {@code high}. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }
}
