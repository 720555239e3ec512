package io.ripen.engine.touches;

/**
 * What the gate said, and why.
 *
 * @param code a word for programs
 * @param reason a sentence for people, free of personal data
 */
record GateDecision(boolean allowed, String code, String reason) {

  static GateDecision allow() {
    return new GateDecision(true, "allowed", "Nothing stands in the way.");
  }

  static GateDecision deny(String code, String reason) {
    return new GateDecision(false, code, reason);
  }
}
