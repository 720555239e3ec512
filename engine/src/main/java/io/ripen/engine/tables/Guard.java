package io.ripen.engine.tables;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cheap question that a subject must answer with yes, or a rule cannot match: most events are
 * page views that no rule is about, and FEEL need not be asked. Cells that are more than plain
 * texts, truth values or a number's bound have no guard; the DMN engine decides in any case.
 */
@FunctionalInterface
interface Guard<T> {

  boolean mayMatch(T subject);

  Pattern TEXTS = Pattern.compile("\"[^\"\\\\]*\"(?:\\s*,\\s*\"[^\"\\\\]*\")*");
  Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  Pattern BOUND = Pattern.compile("(>=|<=|>|<|)\\s*(-?\\d{1,9}(?:\\.\\d{1,9})?)");

  static <T> Guard<T> none() {
    return subject -> true;
  }

  /** The guard of one cell in the column of this fact. */
  static <T> Guard<T> of(@Nullable TableFact<T> fact, String cell) {
    String test = cell.strip();
    if (fact == null || test.isEmpty() || test.equals("-")) {
      return none();
    }
    if (TEXTS.matcher(test).matches()) {
      Set<Object> texts = new HashSet<>();
      TEXT.matcher(test).results().forEach(text -> texts.add(text.group(1)));
      return on(fact, texts::contains);
    }
    if (test.equals("true") || test.equals("false")) {
      return on(fact, Boolean.valueOf(test)::equals);
    }
    Matcher bound = BOUND.matcher(test);
    return bound.matches()
        ? on(fact, within(bound.group(1), new BigDecimal(bound.group(2))))
        : none();
  }

  default Guard<T> and(Guard<T> other) {
    return subject -> mayMatch(subject) && other.mayMatch(subject);
  }

  private static <T> Guard<T> on(TableFact<T> fact, Predicate<Object> test) {
    return subject -> {
      Object value = fact.of(subject);
      return value != null && test.test(value);
    };
  }

  private static Predicate<Object> within(String operator, BigDecimal bound) {
    return value -> {
      if (!(value instanceof Number)) {
        return false;
      }
      int order = new BigDecimal(value.toString()).compareTo(bound);
      return switch (operator) {
        case ">=" -> order >= 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case "<" -> order < 0;
        default -> order == 0;
      };
    };
  }
}
