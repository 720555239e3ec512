package io.ripen.engine.sales;

/** An outcome that cannot be recorded as it is; says what is wrong and what was expected. */
public final class InvalidVerdict extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidVerdict(String problem) {
    super(problem);
  }
}
