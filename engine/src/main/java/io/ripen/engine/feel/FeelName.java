package io.ripen.engine.feel;

import java.util.List;

/**
 * A name that an expression reads from around it.
 *
 * @param path as in {@code lead.answers.need}, part by part; never empty
 * @param ofElement whether it stands in the filter of a list, where it may be a property of the
 *     list's elements
 */
public record FeelName(List<String> path, boolean ofElement) {

  /** What the expression's surroundings have to know. */
  public String root() {
    return path.get(0);
  }

  @Override
  public String toString() {
    return String.join(".", path);
  }
}
