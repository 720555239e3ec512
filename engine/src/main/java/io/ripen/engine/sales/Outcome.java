package io.ripen.engine.sales;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a hand-over ended. */
public enum Outcome {
  WON("won", "Won: they bought"),
  NOT_NOW("notNow", "Not now: back to marketing"),
  NO_NEED("noNeed", "No need: declined, or does not fit"),
  DISQUALIFIED("disqualified", "Disqualified: no lead at all");

  private final String word;
  private final String label;

  Outcome(String word, String label) {
    this.word = word;
    this.label = label;
  }

  /** As the flow's variable {@code outcome} has it. */
  public String word() {
    return word;
  }

  /** For people. */
  public String label() {
    return label;
  }

  public static Optional<Outcome> named(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word.equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Outcome::word).collect(Collectors.joining(", "));
  }
}
