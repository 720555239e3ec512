package io.ripen.engine.content;

/** Carries a problem out of the Liquid library, which knows no checked exceptions. */
final class LiquidFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String fix;

  LiquidFailure(int line, String problem, String fix) {
    super(problem);
    this.line = line;
    this.fix = fix;
  }

  /** The same, on a line. */
  LiquidFailure at(int otherLine) {
    return new LiquidFailure(otherLine, String.valueOf(getMessage()), fix);
  }

  ContentProblem in(String file) {
    return new ContentProblem(file, line, String.valueOf(getMessage()), fix);
  }
}
