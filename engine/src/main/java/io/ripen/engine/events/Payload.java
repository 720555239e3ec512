package io.ripen.engine.events;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What an event carries of the sender's own making, bounded and made fit for {@code jsonb}. One
 * serves one event, over all of its objects.
 */
final class Payload {

  private static final int DEEPEST = 32;
  private static final int MOST_VALUES = 5_000;
  private static final int MOST_DIGITS = 308;
  private static final double BITS_TO_DIGITS = Math.log10(2);
  private static final char REPLACEMENT = '\uFFFD';

  private final Problem problem;
  private int values;

  /** Makes the exception that names field, problem and expectation. */
  interface Problem {
    InvalidEvent at(String field, String problem, String expected);
  }

  Payload(Problem problem) {
    this.problem = problem;
  }

  /** Gives the object back with all its texts storable, or says what is out of bounds. */
  ObjectNode clean(String field, ObjectNode object) throws InvalidEvent {
    cleanObject(field, object, 1);
    return object;
  }

  /** Whether PostgreSQL can hold the text: no NUL, no half of a surrogate pair. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The text with U+FFFD in place of each character that PostgreSQL cannot hold. */
  static String storable(String text) {
    if (isStorable(text)) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (Character.isSurrogate(chars[i]) && isPair(text, i)) {
        i++;
      } else if (chars[i] == 0 || Character.isSurrogate(chars[i])) {
        chars[i] = REPLACEMENT;
      }
    }
    return new String(chars);
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private void cleanObject(String field, ObjectNode object, int depth) throws InvalidEvent {
    boolean namesStorable = true;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode clean = cleanValue(field, entry.getValue(), depth);
      if (clean != null) {
        entry.setValue(clean);
      }
      namesStorable &= isStorable(entry.getKey());
    }
    if (!namesStorable) {
      for (String name : new ArrayList<>(object.propertyNames())) {
        if (!isStorable(name)) {
          object.set(storable(name), object.remove(name));
        }
      }
    }
  }

  /** What to put in the value's place; null where it stays. */
  private @Nullable JsonNode cleanValue(String field, JsonNode node, int depth)
      throws InvalidEvent {
    if (++values > MOST_VALUES) {
      throw problem.at(field, "holds more than " + MOST_VALUES + " values", "fewer");
    }
    switch (node) {
      case StringNode text -> {
        String value = text.stringValue();
        return isStorable(value) ? null : StringNode.valueOf(storable(value));
      }
      case ObjectNode object -> cleanObject(field, object, deeper(field, depth));
      case ArrayNode array -> {
        int inside = deeper(field, depth);
        for (int i = 0; i < array.size(); i++) {
          JsonNode clean = cleanValue(field, array.get(i), inside);
          if (clean != null) {
            array.set(i, clean);
          }
        }
      }
      default -> checkNumber(field, node);
    }
    return null;
  }

  private int deeper(String field, int depth) throws InvalidEvent {
    if (depth >= DEEPEST) {
      throw problem.at(field, "is nested more than " + DEEPEST + " deep", "less nesting");
    }
    return depth + 1;
  }

  /** A number with a huge exponent is short in JSON and fills memory once it is written out. */
  private void checkNumber(String field, JsonNode node) throws InvalidEvent {
    long magnitude = 0;
    if (node.isBigDecimal()) {
      BigDecimal number = node.decimalValue();
      magnitude = Math.abs((long) number.precision() - number.scale());
    } else if (node.isBigInteger()) {
      magnitude = (long) (node.bigIntegerValue().bitLength() * BITS_TO_DIGITS);
    }
    if (magnitude > MOST_DIGITS) {
      throw problem.at(
          field,
          "holds a number of " + magnitude + " digits",
          "at most " + MOST_DIGITS + " before or behind the point");
    }
  }
}
