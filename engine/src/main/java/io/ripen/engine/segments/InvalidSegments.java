package io.ripen.engine.segments;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments that cannot be used; the message says which file, where in it, and why. */
public final class InvalidSegments extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidSegments(Path file, List<String> problems, @Nullable Throwable cause) {
    super(file + ": " + String.join("\n  ", problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, without the file's name. */
  public List<String> problems() {
    return problems;
  }
}
