package io.ripen.engine.tables;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that the columns of a table may ask for.
 *
 * @param facts those that have a name of ours
 * @param properties what stands under {@code event.properties}, by the sender's names; null where a
 *     table is not about an event
 * @param naming names a subject in the log, without personal data
 */
public record TableFacts<T>(
    List<TableFact<T>> facts,
    @Nullable Function<T, ObjectNode> properties,
    Function<T, String> naming) {

  private static final String EVENT = "event";
  private static final String PROPERTIES = "properties";

  /** What comes before the names of an event's own properties. */
  static final String PROPERTIES_PATH = EVENT + '.' + PROPERTIES + '.';

  @Nullable TableFact<T> named(String path) {
    for (TableFact<T> fact : facts) {
      if (fact.path().equals(path)) {
        return fact;
      }
    }
    return null;
  }

  /** Whether a column may ask for this. */
  boolean knows(String path) {
    return named(path) != null || (properties != null && path.startsWith(PROPERTIES_PATH));
  }

  /** What a column may ask for, in words. */
  String names() {
    Collection<String> names = facts.stream().map(TableFact::path).toList();
    String all = String.join(", ", names);
    return properties == null ? all : all + ", or " + PROPERTIES_PATH + "<name>";
  }

  /** All facts as FEEL's nested variables. */
  Map<String, Object> variables(T subject, boolean withProperties) {
    Map<String, Map<String, @Nullable Object>> variables = new HashMap<>();
    for (TableFact<T> fact : facts) {
      int dot = fact.path().indexOf('.');
      variables
          .computeIfAbsent(fact.path().substring(0, dot), group -> new HashMap<>())
          .put(fact.path().substring(dot + 1), fact.of(subject));
    }
    if (withProperties && properties != null) {
      variables
          .computeIfAbsent(EVENT, group -> new HashMap<>())
          .put(PROPERTIES, JsonMapper.shared().convertValue(properties.apply(subject), Map.class));
    }
    return Map.copyOf(variables);
  }
}
