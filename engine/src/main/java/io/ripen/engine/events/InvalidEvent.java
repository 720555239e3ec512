package io.ripen.engine.events;

/** An event that cannot be taken; the message says what is wrong, where, and what was expected. */
public final class InvalidEvent extends Exception {

  private static final long serialVersionUID = 1L;

  private final String message;

  public InvalidEvent(String message) {
    // Bad input is everyday life: no stack trace is taken.
    super(message, null, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
