package io.ripen.engine.content;

/** A message that is missing or cannot be rendered; says which file, where in it, and why. */
public final class ContentProblem extends Exception {

  private static final long serialVersionUID = 1L;

  public ContentProblem(String message) {
    super(message);
  }
}
