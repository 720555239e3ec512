package io.ripen.engine.steps;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.leads.UnknownLead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers a question of a flow from the facts. Only what a flow can decide by leaves PostgreSQL:
 * yes or no, numbers and single words; whatever else somebody typed becomes {@code other}.
 */
@Component
public final class LookUp {

  /** What stands for a text that is not one of the marketer's own words. */
  public static final String OTHER = "other";

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

  private final LeadFacts leadFacts;
  private final Feel feel;

  LookUp(LeadFacts leadFacts, Feel feel) {
    this.leadFacts = leadFacts;
    this.feel = feel;
  }

  /**
   * The value of a FEEL expression.
   *
   * @return a yes or no, a number, a word, a map of such by name, or null
   * @throws InvalidFeel when the expression is no good, or gives something else
   * @throws UnknownLead when there is no such lead
   */
  public Optional<Object> value(Subject subject, String expression)
      throws InvalidFeel, UnknownLead {
    Facts facts = leadFacts.read(subject).orElseThrow(() -> new UnknownLead(subject.leadId()));
    return Optional.ofNullable(decision(expression, feel.value(expression, facts.tree())));
  }

  private static @Nullable Object decision(String expression, @Nullable Object value)
      throws InvalidFeel {
    return switch (value) {
      case null -> null;
      case Boolean yes -> yes;
      case Number number -> number;
      case String text -> WORD.matcher(text).matches() ? text : OTHER;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> decisions = new HashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          decisions.put(entry.getKey().toString(), decision(expression, entry.getValue()));
        }
        yield decisions;
      }
      default ->
          throw new InvalidFeel(
              expression, "the result is a list or a time (expected: yes or no, a number, a word)");
    };
  }
}
