package io.ripen.engine.sales;

import java.util.Arrays;
import java.util.Optional;

/** Why a lead is none. */
public enum Disqualification {
  SPAM("spam", "Spam or a joke"),
  UNREACHABLE("unreachable", "Could not be reached"),
  INVALID_CONTACT("invalidContact", "Wrong number or address");

  private final String word;
  private final String label;

  Disqualification(String word, String label) {
    this.word = word;
    this.label = label;
  }

  /** As the flow's variable {@code reason} has it. */
  public String word() {
    return word;
  }

  /** For people. */
  public String label() {
    return label;
  }

  public static Optional<Disqualification> named(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word.equals(word)).findFirst();
  }
}
