package io.ripen.engine.events;

/** An event that cannot be taken; the message says what is wrong, where, and what was expected. */
public final class InvalidEvent extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidEvent(String message) {
    super(message);
  }

  /** Bad input is everyday life: no stack trace is taken. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
