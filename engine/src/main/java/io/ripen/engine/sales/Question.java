package io.ripen.engine.sales;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Budget, authority, need and timing (BANT), as a salesperson writes them down: in the words in
 * which leads answer the e-mails of {@code qualification}, and by which its table decides.
 */
public enum Question {
  BUDGET(
      "Budget",
      new Answer("yes", "There is money for it"),
      new Answer("unknown", "Not sure yet, or being planned"),
      new Answer("no", "There is none")),
  AUTHORITY(
      "Authority", new Answer("self", "Decides"), new Answer("other", "Somebody else decides")),
  NEED("Need", new Answer("yes", "Needs it"), new Answer("no", "Does not need it")),
  TIMING(
      "Timing",
      new Answer("now", "Now"),
      new Answer("quarter", "Within three months"),
      new Answer("later", "Later"));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // It is: made by List.of.
  private final List<Answer> answers;

  Question(String label, Answer... answers) {
    this.label = label;
    this.answers = List.of(answers);
  }

  /**
   * One of the answers that there are.
   *
   * @param word as the flow's variable has it
   * @param label for people
   */
  public record Answer(String word, String label) {}

  /** The name of the flow's variable, and of the question among the lead's answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public String label() {
    return label;
  }

  public List<Answer> answers() {
    return answers;
  }

  public boolean knows(String answer) {
    return answers.stream().anyMatch(known -> known.word().equals(answer));
  }

  static Optional<Question> named(String word) {
    return Arrays.stream(values()).filter(question -> question.word().equals(word)).findFirst();
  }

  /** The question and its answer for people; the words themselves where they are not known. */
  public static String inWords(String question, String answer) {
    return named(question)
        .map(
            known ->
                known.label()
                    + ": "
                    + known.answers.stream()
                        .filter(one -> one.word().equals(answer))
                        .map(Answer::label)
                        .findFirst()
                        .orElse(answer))
        .orElse(question + ": " + answer);
  }
}
