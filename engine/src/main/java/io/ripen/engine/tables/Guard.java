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
 * page views that no rule is about, and FEEL need not be asked. Plain texts, truth values and a
 * number's bound mean the same here as in FEEL; of all other cells the guard knows nothing.
 *
 * @param decides whether a yes says that the rule matches; otherwise only the DMN engine knows
 */
record Guard<T>(Predicate<T> question, boolean decides) {

  private static final Pattern TEXTS =
      Pattern.compile("\"[^\"\\\\]*\"(?:\\s*,\\s*\"[^\"\\\\]*\")*");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern BOUND =
      Pattern.compile("(>=|<=|>|<|)\\s*(-?\\d{1,9}(?:\\.\\d{1,9})?)");

  /** Lets everything through, as an empty cell does. */
  static <T> Guard<T> open() {
    return new Guard<>(subject -> true, true);
  }

  /**
   * The guard of one cell.
   *
   * @param fact what its column asks for; null where that is more than a fact
   */
  static <T> Guard<T> of(@Nullable TableFact<T> fact, String cell) {
    String test = cell.strip();
    if (test.isEmpty() || test.equals("-")) {
      return open();
    }
    if (fact == null) {
      return unknown();
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
        : unknown();
  }

  boolean mayMatch(T subject) {
    return question.test(subject);
  }

  Guard<T> and(Guard<T> other) {
    return new Guard<>(question.and(other.question), decides && other.decides);
  }

  private static <T> Guard<T> unknown() {
    return new Guard<>(subject -> true, false);
  }

  private static <T> Guard<T> on(TableFact<T> fact, Predicate<Object> test) {
    return new Guard<>(
        subject -> {
          Object value = fact.of(subject);
          return value != null && test.test(value);
        },
        true);
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
