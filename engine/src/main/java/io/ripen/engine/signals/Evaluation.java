package io.ripen.engine.signals;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The signal table as the DMN engine evaluates it: as a whole, which is fast; and where that fails,
 * since one bad cell fails all of it, rule by rule. Safe for use by many threads.
 */
final class Evaluation {

  private final DmnEngine engine;
  private final ParsedDmn whole;

  /** For each rule a table with nothing else, nor a column that the rule does not look at. */
  private final List<ParsedDmn> alone;

  private final FailedRules failedRules;

  Evaluation(DmnEngine engine, ParsedDmn whole, List<ParsedDmn> alone, FailedRules failedRules) {
    this.engine = engine;
    this.whole = whole;
    this.alone = alone;
    this.failedRules = failedRules;
  }

  /** Those of the rules that match. One that cannot be evaluated does not. */
  List<SignalRule> matching(
      List<SignalRule> rules, Occurrence occurrence, Map<String, Object> variables) {
    var result = engine.eval(whole, SignalTable.DECISION, variables);
    if (result.isRight()) {
      Set<List<String>> raised = outputs(result.toOption().get().value());
      return rules.stream().filter(rule -> raised.contains(rule.outputs())).toList();
    }
    return rules.stream().filter(rule -> matches(rule, occurrence, variables)).toList();
  }

  private boolean matches(SignalRule rule, Occurrence occurrence, Map<String, Object> variables) {
    var result = engine.eval(alone.get(rule.row() - 1), SignalTable.DECISION, variables);
    if (result.isLeft()) {
      failedRules.note(rule, occurrence);
      return false;
    }
    return !outputs(result.toOption().get().value()).isEmpty();
  }

  private static Set<List<String>> outputs(Object value) {
    Set<List<String>> outputs = new HashSet<>();
    if (value instanceof scala.collection.Iterable<?> matches) {
      CollectionConverters.asJava(matches).forEach(match -> outputs.add(cells(match)));
    }
    return outputs;
  }

  private static List<String> cells(Object match) {
    if (match instanceof scala.collection.Map<?, ?> cells) {
      Map<?, ?> byName = CollectionConverters.asJava(cells);
      return RuleReader.OUTPUTS.stream().map(name -> String.valueOf(byName.get(name))).toList();
    }
    return List.of();
  }
}
