package io.ripen.engine.segments;

import io.ripen.engine.content.FactNames;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Description;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;

/** Makes a segment of a decision, and says all that is wrong with it. */
final class SegmentReader {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** What a list says in place of a condition. */
  private static final String LIST = "\"list\"";

  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

  /** What one flow is about, and what would make segments depend on each other. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?<![.\\w])(?:cart|order|event|links|lead\\.segments)\\b(?:\\.\\w+)?");

  private SegmentReader() {}

  static Optional<Segment> read(Decision decision, Feel feel, List<String> problems) {
    String id = decision.getId();
    String where = "segment " + id + ": ";
    if (id == null || id.length() > 60 || !ID.matcher(id).matches()) {
      problems.add(
          where
              + "is no id for a segment (expected: small letters, digits and hyphens, as in"
              + " warm-leads)");
      return Optional.empty();
    }
    String text =
        decision.getExpression() instanceof LiteralExpression literal ? text(literal) : "";
    if (text.isEmpty()) {
      problems.add(
          where
              + "has no literal expression (expected: a FEEL condition on the lead, or \"list\" for"
              + " one that flows fill)");
      return Optional.empty();
    }
    String condition = text.equals(LIST) ? null : text;
    if (condition != null) {
      check(where, condition, feel, problems);
    }
    String name = decision.getName();
    return Optional.of(new Segment(id, name == null ? id : name, description(decision), condition));
  }

  private static void check(String where, String condition, Feel feel, List<String> problems) {
    Matcher foreign = FOREIGN.matcher(TEXT.matcher(condition).replaceAll("\"\""));
    if (foreign.find()) {
      problems.add(
          where
              + "asks for %s, which is no fact of the lead alone (expected: such as lead.stage)"
                  .formatted(foreign.group()));
      return;
    }
    try {
      FactNames.unknownIn(feel.names(condition))
          .ifPresent(
              unknown ->
                  problems.add(
                      where
                          + "there is no fact %s (%s)"
                              .formatted(unknown.name(), unknown.fix("lead.stage"))));
    } catch (InvalidFeel e) {
      problems.add(where + e.getMessage());
    }
  }

  private static String text(LiteralExpression literal) {
    return literal.getText() == null ? "" : literal.getText().getTextContent().strip();
  }

  private static String description(Decision decision) {
    return decision.getChildElementsByType(Description.class).stream()
        .map(description -> description.getTextContent().strip())
        .findFirst()
        .orElse("");
  }
}
