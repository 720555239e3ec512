package io.ripen.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for.
 *
 * @param labels with what their values must be: a text, or a regular expression
 */
record Selector(String metric, Map<String, Pattern> labels) {

  /** What Prometheus adds by itself. */
  private static final Set<String> PROMETHEUS = Set.of("job", "instance");

  private static final Pattern WITHOUT =
      Pattern.compile("\\b(by|on|without|ignoring)\\s*\\([^)]*\\)|\\[[^]]*]");

  private static final Pattern NAME =
      Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()(?:\\{([^}]*)})?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "up");

  /** All of an expression, but for what Prometheus knows by itself. */
  static Set<Selector> in(String expression) {
    Set<Selector> found = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
    Matcher name = NAME.matcher(WITHOUT.matcher(expression).replaceAll(" "));
    while (name.find()) {
      if (!WORDS.contains(name.group(1))) {
        found.add(new Selector(name.group(1), labels(name.group(2))));
      }
    }
    return found;
  }

  /** Words such as outcomes may not have happened; those of time and place are fixed. */
  private static Map<String, Pattern> labels(String text) {
    Map<String, Pattern> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      if (!PROMETHEUS.contains(label.group(1))) {
        switch (label.group(2)) {
          case "=" -> labels.put(label.group(1), Pattern.compile(Pattern.quote(label.group(3))));
          case "=~" -> labels.put(label.group(1), Pattern.compile(label.group(3)));
          default -> labels.putIfAbsent(label.group(1), Pattern.compile(".*"));
        }
      }
    }
    return labels;
  }

  boolean fits(Map<String, String> sample) {
    return labels.entrySet().stream()
        .allMatch(
            label ->
                sample.containsKey(label.getKey())
                    && label.getValue().matcher(sample.get(label.getKey())).matches());
  }
}
