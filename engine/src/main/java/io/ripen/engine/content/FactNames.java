package io.ripen.engine.content;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the facts, which conditions and templates share. */
public final class FactNames {

  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern PATH = Pattern.compile("(?<![\\w.])([a-z]\\w*)((?:\\.\\w+)+)");

  private FactNames() {}

  /**
   * A fact that a FEEL condition asks for and that no lead can have. FEEL itself takes it for null,
   * so that the condition would silently never hold.
   *
   * @return the name as the condition has it
   */
  public static Optional<String> unknownIn(String condition) {
    Matcher path = PATH.matcher(TEXT.matcher(condition).replaceAll("\"\""));
    while (path.find()) {
      Shape shape = Shape.FACTS.facts().get(path.group(1));
      if (shape != null && !known(shape, List.of(path.group(2).substring(1).split("\\.", -1)))) {
        return Optional.of(path.group());
      }
    }
    return Optional.empty();
  }

  private static boolean known(Shape shape, List<String> names) {
    Shape here = shape;
    for (String name : names) {
      if (here instanceof Shape.Open) {
        return true;
      }
      // FEEL maps a name over a list: cart.items.price are the prices of all.
      Shape group = here instanceof Shape.Many many ? many.each() : here;
      Shape next = group instanceof Shape.Group facts ? facts.facts().get(name) : null;
      if (next == null) {
        return false;
      }
      here = next;
    }
    return true;
  }
}
