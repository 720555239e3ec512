package io.ripen.engine.consents;

import java.util.Arrays;
import java.util.Optional;

/**
 * A consent that counts only once whoever has the address says that they want it. Asking for it at
 * a form is an event; a flow asks them to confirm.
 */
public enum DoubleOptIn {
  /** The newsletter by e-mail. */
  NEWSLETTER("email", "newsletter", "Subscription Requested"),
  /** Offers by text message. */
  TEXTS("sms", "marketing", "Text Messages Requested");

  private final String channel;
  private final String purpose;
  private final String event;

  DoubleOptIn(String channel, String purpose, String event) {
    this.channel = channel;
    this.purpose = purpose;
    this.event = event;
  }

  /** The one for this channel and purpose, if there is one. */
  public static Optional<DoubleOptIn> of(String channel, String purpose) {
    return Arrays.stream(values())
        .filter(each -> each.channel.equals(channel) && each.purpose.equals(purpose))
        .findFirst();
  }

  /** What a message by this channel asks to confirm; the newsletter where it has nothing else. */
  public static DoubleOptIn by(String channel) {
    return channel.equals(TEXTS.channel) ? TEXTS : NEWSLETTER;
  }

  public String channel() {
    return channel;
  }

  public String purpose() {
    return purpose;
  }

  /** What happens when somebody asks for it. */
  public String event() {
    return event;
  }
}
