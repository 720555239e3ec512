package io.ripen.channels.webpush;

/** What a browser told of itself is no subscription that can be written to; says why. */
public final class InvalidSubscription extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSubscription(String message) {
    super(message);
  }
}
