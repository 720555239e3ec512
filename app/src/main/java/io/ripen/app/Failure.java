package io.ripen.app;

/**
 * Something that the person at the terminal can put right. Its message is all that they see: what
 * is wrong, with the value, and what to do; no stack trace.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
