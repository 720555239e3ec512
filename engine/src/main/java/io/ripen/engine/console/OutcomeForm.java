package io.ripen.engine.console;

import io.ripen.engine.sales.Disqualification;
import io.ripen.engine.sales.InvalidVerdict;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.sales.Question;
import io.ripen.engine.sales.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The form about the outcome, as it was sent.
 *
 * @param values by the field's name
 * @param problems what is wrong, by the field's name
 */
record OutcomeForm(Map<String, String> values, Map<String, String> problems) {

  private static final int LONGEST_REMARK = 2000;

  static final OutcomeForm EMPTY = new OutcomeForm(Map.of(), Map.of());

  static OutcomeForm of(Map<String, String> sent) {
    Map<String, String> values = new LinkedHashMap<>();
    sent.forEach((name, value) -> values.put(name, value.strip()));
    Map<String, String> problems = new LinkedHashMap<>();
    var outcome = Outcome.named(values.getOrDefault("outcome", ""));
    if (outcome.isEmpty()) {
      problems.put("outcome", "Please say how it ended.");
    } else if (outcome.get() == Outcome.DISQUALIFIED
        && Disqualification.named(values.getOrDefault("reason", "")).isEmpty()) {
      problems.put("reason", "Please say why it is no lead.");
    }
    for (Question question : Question.values()) {
      String answer = values.getOrDefault(question.word(), "");
      if (!answer.isEmpty() && !question.knows(answer)) {
        problems.put(question.word(), "Please choose one of the answers, or none.");
      }
    }
    if (values.getOrDefault("remark", "").length() > LONGEST_REMARK) {
      problems.put("remark", "Please keep it below " + LONGEST_REMARK + " characters.");
    }
    return new OutcomeForm(Map.copyOf(values), Map.copyOf(problems));
  }

  /** Whether this was chosen. */
  public boolean has(String field, String value) {
    return values.getOrDefault(field, "").equals(value);
  }

  public String remark() {
    return values.getOrDefault("remark", "");
  }

  /** What was said; only where there are no problems. */
  Verdict verdict() {
    try {
      return Verdict.of(values);
    } catch (InvalidVerdict e) {
      throw new IllegalStateException("a form with problems has no verdict: " + problems, e);
    }
  }
}
