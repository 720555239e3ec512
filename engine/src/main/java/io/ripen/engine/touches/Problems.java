package io.ripen.engine.touches;

import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.touches.TouchOutcome.Broken;

/** What somebody has to mend, in words that say where and how. */
final class Problems {

  private Problems() {}

  static Broken unknownLead(Touch touch) {
    return new Broken(
        ("lead %s, to whom flow %s writes at %s, is not in the database"
                + " (expected: the database that its events went into)")
            .formatted(touch.leadId(), touch.place().flow(), touch.place().element()));
  }

  static Broken badCondition(Touch touch, InvalidFeel e) {
    return new Broken(
        ("the condition (onlyIf) of %s in flow %s is no good: %s."
                + " Mend it in the flow, deploy the flow, and migrate this instance to it")
            .formatted(touch.place().element(), touch.place().flow(), e.getMessage()));
  }

  static Broken reusedKey(TouchRow row) {
    return new Broken(
        ("touch %d is in the ledger for lead %s at %s in flow %s, and is not the one asked for:"
                + " Zeebe has handed out its key again, as it does when its data were lost."
                + " Nothing is sent. Run Zeebe with the data that belong to this database,"
                + " or start both anew")
            .formatted(row.key(), row.leadId(), row.element(), row.flow()));
  }
}
