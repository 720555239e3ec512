package io.ripen.engine.signals;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a signal is correlated by. */
enum Correlation {
  CART,
  ORDER,
  LEAD,
  /** The lead and the question that they answered. */
  ANSWER,
  /** The event itself: each starts a run of its own, also beside another. */
  EVENT;

  static @Nullable Correlation named(String name) {
    for (Correlation correlation : values()) {
      if (correlation.name().toLowerCase(Locale.ROOT).equals(name)) {
        return correlation;
      }
    }
    return null;
  }

  /** The key to correlate by; null where the event is not about such a thing. */
  @Nullable String key(Occurrence occurrence) {
    return switch (this) {
      case CART -> occurrence.cart() == null ? null : occurrence.cart().id().toString();
      case ORDER -> occurrence.order() == null ? null : occurrence.order().id().toString();
      case LEAD -> occurrence.lead().id().toString();
      case ANSWER -> {
        String question = occurrence.event().properties().path("question").asString("").strip();
        yield question.isEmpty() ? null : occurrence.lead().id() + ":" + question;
      }
      case EVENT -> occurrence.event().messageId();
    };
  }

  /** Whether the key begins with the lead's id. */
  boolean isByLead() {
    return this == LEAD || this == ANSWER;
  }
}
