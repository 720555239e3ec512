package io.ripen.engine.content;

/** A message that is missing or cannot be rendered; says which file, where in it, and why. */
public final class ContentProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String problem;
  private final String fix;

  /**
   * @param file the file, relative to the folder with the flows, with {@code /} between names
   * @param line the line, counted from 1; 0 when it is the file as a whole
   * @param problem what is wrong, free of personal data
   * @param fix what to do about it
   */
  public ContentProblem(String file, int line, String problem, String fix) {
    super("%s%s: %s → %s".formatted(file, line > 0 ? ", line " + line : "", problem, fix));
    this.file = file;
    this.line = line;
    this.problem = problem;
    this.fix = fix;
  }

  /** The file, relative to the folder with the flows. */
  public String file() {
    return file;
  }

  /** The line, counted from 1; 0 when it is the file as a whole. */
  public int line() {
    return line;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }
}
