package io.ripen.engine.feel;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Evaluates FEEL conditions; each is parsed once. Safe for use by many threads. */
@Component
public final class Feel {

  private final FeelEngineApi engine;
  private final Map<String, ParsedExpression> parsed = new ConcurrentHashMap<>();

  /**
   * @param clock what {@code now()} and {@code today()} go by, in UTC
   */
  public Feel(Clock clock) {
    this.engine =
        FeelEngineBuilder.forJava().withClock(() -> clock.instant().atZone(ZoneOffset.UTC)).build();
  }

  /**
   * What the expression gives.
   *
   * @param expression FEEL; a leading {@code =} is allowed
   * @param facts nested maps, lists, strings, numbers, booleans and times
   * @return the same kinds of values, or null
   * @throws InvalidFeel when the expression does not parse or cannot be evaluated
   */
  public @Nullable Object value(String expression, Map<String, @Nullable Object> facts)
      throws InvalidFeel {
    EvaluationResult result = engine.evaluate(parse(expression), facts);
    if (result.isFailure()) {
      throw new InvalidFeel(expression, result.failure().message());
    }
    return result.result();
  }

  /**
   * Whether the condition holds. What cannot be said, as of a fact that is not known, is a no.
   *
   * @param condition FEEL; a leading {@code =}, as Camunda Modeler writes it, is allowed
   * @param facts nested maps, lists, strings, numbers, booleans and times
   * @throws InvalidFeel when the condition does not parse, cannot be evaluated, or gives something
   *     else than true, false or null
   */
  public boolean holds(String condition, Map<String, @Nullable Object> facts) throws InvalidFeel {
    Object result = value(condition, facts);
    return switch (result) {
      case null -> false;
      case Boolean holds -> holds;
      default ->
          throw new InvalidFeel(
              condition, "the result is " + kind(result) + " (expected: true or false)");
    };
  }

  /** Not the value, which may be somebody's name. */
  private static String kind(Object value) {
    return switch (value) {
      case String text -> "a string";
      case Number number -> "a number";
      default -> "neither";
    };
  }

  /**
   * Sees that an expression parses.
   *
   * @throws InvalidFeel when it does not; the message says where
   */
  public void check(String expression) throws InvalidFeel {
    parse(expression);
  }

  /**
   * The names that an expression reads from around it, in the order of its text.
   *
   * @throws InvalidFeel when it does not parse; the message says where
   */
  public Set<FeelName> names(String expression) throws InvalidFeel {
    return FeelNames.in(parse(expression).expression());
  }

  ParsedExpression parse(String expression) throws InvalidFeel {
    ParsedExpression known = parsed.get(expression);
    if (known != null) {
      return known;
    }
    String text = expression.startsWith("=") ? expression.substring(1) : expression;
    ParseResult result = engine.parseExpression(text);
    if (result.isFailure()) {
      throw new InvalidFeel(expression, result.failure().message());
    }
    parsed.put(expression, result.parsedExpression());
    return result.parsedExpression();
  }
}
