package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.scoring.ScoreRule;
import java.time.Instant;
import java.util.Comparator;

/**
 * Points that a lead got, and what for.
 *
 * @param slot what the rule fills once; the cause itself where every event counts
 * @param cause the message id of the event
 */
record ScoreEntry(String rule, String slot, int points, String reason, String cause, Instant at) {

  private static final Comparator<ScoreEntry> BY_TIME =
      Comparator.comparing(ScoreEntry::at).thenComparing(ScoreEntry::cause);

  /** What there is only one of for each lead. */
  record Key(String rule, String slot) {}

  static ScoreEntry of(ScoreRule rule, Event event) {
    return new ScoreEntry(
        rule.id(),
        rule.counts().slot(event),
        rule.points(),
        rule.reason(),
        event.messageId(),
        event.occurredAt());
  }

  Key key() {
    return new Key(rule, slot);
  }

  /** Of several events for one slot the earliest counts, in whatever order they come in. */
  boolean isBefore(ScoreEntry other) {
    return BY_TIME.compare(this, other) < 0;
  }
}
