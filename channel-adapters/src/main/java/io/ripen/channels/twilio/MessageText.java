package io.ripen.channels.twilio;

import java.util.Optional;

/** What Twilio takes as a text. */
final class MessageText {

  private static final int LONGEST = 1600;

  private MessageText() {}

  /** Why Twilio would not take it, if it would not. */
  static Optional<String> problem(String text) {
    if (text.isBlank()) {
      return Optional.of("the message is empty");
    }
    return text.length() <= LONGEST
        ? Optional.empty()
        : Optional.of(
            "the message has %d characters, and Twilio takes %d at most: shorten it"
                .formatted(text.length(), LONGEST));
  }
}
