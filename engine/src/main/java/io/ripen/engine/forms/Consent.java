package io.ripen.engine.forms;

import io.ripen.engine.consents.DoubleOptIn;

/**
 * What a tick allows; the wording is the label beside it.
 *
 * @param doubleOptIn whether it counts only when whoever has the address confirmed it
 */
record Consent(String channel, String purpose, boolean doubleOptIn) {

  /** What happens when it is ticked. */
  String event() {
    return doubleOptIn ? DoubleOptIn.of(channel, purpose).orElseThrow().event() : "Consent Granted";
  }

  boolean isForTexts() {
    return channel.equals(DoubleOptIn.TEXTS.channel());
  }
}
