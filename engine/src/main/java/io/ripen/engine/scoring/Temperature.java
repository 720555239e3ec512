package io.ripen.engine.scoring;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What readiness looks like: from the score, and from how long ago the lead was last there. */
public enum Temperature {
  COLD,
  WARM,
  HOT;

  static @Nullable Temperature named(String name) {
    for (Temperature temperature : values()) {
      if (temperature.lower().equals(name)) {
        return temperature;
      }
    }
    return null;
  }

  /** As tables, conditions and templates call it. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }
}
