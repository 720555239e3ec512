package io.ripen.engine.feel;

/** A FEEL expression that does not parse or cannot be evaluated. */
public final class InvalidFeel extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidFeel(String expression, String problem) {
    super("FEEL expression \"%s\": %s".formatted(expression, problem));
  }
}
