package io.ripen.engine.signals;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a signal is correlated by. */
enum Correlation {
  CART,
  ORDER,
  LEAD;

  static @Nullable Correlation named(String name) {
    for (Correlation correlation : values()) {
      if (correlation.name().toLowerCase(Locale.ROOT).equals(name)) {
        return correlation;
      }
    }
    return null;
  }

  /** The id to correlate by; null where the event is not about such a thing. */
  @Nullable UUID id(Occurrence occurrence) {
    return switch (this) {
      case CART -> occurrence.cart() == null ? null : occurrence.cart().id();
      case ORDER -> occurrence.order() == null ? null : occurrence.order().id();
      case LEAD -> occurrence.lead().id();
    };
  }
}
