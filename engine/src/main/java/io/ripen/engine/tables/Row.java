package io.ripen.engine.tables;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table that is being read. Outputs are plain texts and numbers, so that they can be
 * checked before they are used.
 */
public final class Row {

  private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:\\.\\d{1,9})?");

  private final int number;
  private final String id;
  private final Map<String, String> outputs;
  private final List<String> problems;

  Row(int number, String id, Map<String, String> outputs, List<String> problems) {
    this.number = number;
    this.id = id;
    this.outputs = outputs;
    this.problems = problems;
  }

  /** Its place in the table, from 1. */
  public int number() {
    return number;
  }

  /** What the file calls it, which stays when rows are moved. */
  public String id() {
    return id;
  }

  /** The text in quotes of this output; null where there is none, which is noted. */
  public @Nullable String text(String output) {
    Matcher text = TEXT.matcher(cell(output));
    if (text.matches()) {
      return text.group(1);
    }
    refuse(output, cell(output), "a text in quotes");
    return null;
  }

  /** The number of this output; null where there is none, which is noted. */
  public @Nullable BigDecimal number(String output) {
    if (NUMBER.matcher(cell(output)).matches()) {
      return new BigDecimal(cell(output));
    }
    refuse(output, cell(output), "a number");
    return null;
  }

  /** Notes that an output has the wrong value. */
  public void refuse(String output, String value, String expected) {
    problems.add(
        "rule %d, output %s: is %s (expected: %s)"
            .formatted(number, output, value.isBlank() ? "empty" : "'" + value + "'", expected));
  }

  private String cell(String output) {
    return outputs.getOrDefault(output, "").strip();
  }
}
