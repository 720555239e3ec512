package io.ripen.engine.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.camunda.dmn.Audit.DecisionTableEvaluationResult;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.DmnEngine.EvalResult;
import org.camunda.dmn.parser.ParsedDmn;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table as the DMN engine evaluates it: as a whole, which is fast; and where that fails, since
 * one bad cell fails all of it, rule by rule. Safe for use by many threads.
 */
final class Evaluation {

  private final DmnEngine engine = new DmnEngine.Builder().build();
  private final String decision;
  private final ParsedDmn whole;
  private final FailedRules failedRules;

  private final IntFunction<ParsedDmn> alone;

  /** By the rule's number; seldom needed, and so made only then. */
  private final Map<Integer, ParsedDmn> parsedAlone = new ConcurrentHashMap<>();

  /**
   * @param alone makes of a rule, by its number, a table with nothing else, nor a column that the
   *     rule does not look at
   * @param failedRules hears of rules that cannot be evaluated
   */
  Evaluation(
      String decision, ParsedDmn whole, IntFunction<ParsedDmn> alone, FailedRules failedRules) {
    this.decision = decision;
    this.whole = whole;
    this.alone = alone;
    this.failedRules = failedRules;
  }

  /** The ids of those of the rules that match. One that cannot be evaluated does not. */
  Set<String> matching(List<? extends Rule> rules, String subject, Map<String, Object> variables) {
    var result = engine.eval(whole, decision, variables);
    if (result.isRight()) {
      return matched(result.toOption().get());
    }
    Set<String> matching = new HashSet<>();
    for (Rule rule : rules) {
      var single =
          engine.eval(
              parsedAlone.computeIfAbsent(rule.number(), alone::apply), decision, variables);
      if (single.isRight()) {
        matching.addAll(matched(single.toOption().get()));
      } else {
        failedRules.note(rule.number(), subject);
      }
    }
    return matching;
  }

  /** A rule as the engine knows it. */
  interface Rule {
    int number();

    String id();
  }

  private static Set<String> matched(EvalResult result) {
    Set<String> matched = new HashSet<>();
    CollectionConverters.asJava(result.auditLog().entries())
        .forEach(
            entry -> {
              if (entry.result() instanceof DecisionTableEvaluationResult table) {
                CollectionConverters.asJava(table.matchedRules())
                    .forEach(rule -> matched.add(rule.rule().id()));
              }
            });
    return matched;
  }
}
