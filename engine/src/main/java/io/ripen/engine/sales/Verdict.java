package io.ripen.engine.sales;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a salesperson says at the end.
 *
 * @param reason why a lead is disqualified; null with any other outcome
 * @param answers by the question's word; those that were not asked are missing
 */
public record Verdict(Outcome outcome, @Nullable String reason, Map<String, String> answers) {

  /**
   * Reads the flow's variables, wherever the form was filled in.
   *
   * @throws InvalidVerdict when the outcome is none, or a lead is disqualified without a reason
   */
  public static Verdict of(Map<String, ?> variables) throws InvalidVerdict {
    String word = text(variables, "outcome");
    Outcome outcome =
        Outcome.named(word)
            .orElseThrow(
                () ->
                    new InvalidVerdict(
                        "variable outcome is \"%s\" (expected: one of %s)"
                            .formatted(word, Outcome.words())));
    String reason = null;
    if (outcome == Outcome.DISQUALIFIED) {
      reason =
          Disqualification.named(text(variables, "reason"))
              .map(Disqualification::word)
              .orElseThrow(
                  () ->
                      new InvalidVerdict(
                          "variable reason does not say why the lead is disqualified (expected:"
                              + " spam, unreachable or invalidContact)"));
    }
    Map<String, String> answers = new LinkedHashMap<>();
    for (Question question : Question.values()) {
      String answer = text(variables, question.word());
      if (question.knows(answer)) {
        answers.put(question.word(), answer);
      }
    }
    return new Verdict(outcome, reason, Map.copyOf(answers));
  }

  /** The flow's variables: decisions only. */
  public Map<String, Object> variables() {
    Map<String, Object> variables = new LinkedHashMap<>(answers);
    variables.put("outcome", outcome.word());
    if (reason != null) {
      variables.put("reason", reason);
    }
    return variables;
  }

  private static String text(Map<String, ?> variables, String name) {
    Object value = variables.get(name);
    return value == null ? "" : value.toString().strip();
  }
}
