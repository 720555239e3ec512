package io.ripen.engine.sales;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.sales.Question.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever comes back from sales is judged by what sales wrote down: there is one set of words. */
class QuestionTest {

  private static final Path FLOWS = Path.of("..", "bpmn");

  @ParameterizedTest
  @ValueSource(strings = {"questions", "reminder"})
  void e_mails_ask_for_the_same_answers(String message) throws IOException {
    Set<String> asked =
        words(
                Files.readString(
                    FLOWS.resolve("qualification/messages/%s.en.txt".formatted(message))),
                "links\\.answer\\.(\\w+\\.\\w+)")
            .collect(toSet());

    assertThat(asked)
        .isEqualTo(
            Arrays.stream(Question.values())
                .flatMap(
                    question ->
                        question.answers().stream()
                            .map(answer -> question.word() + "." + answer.word()))
                .collect(toSet()));
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void the_table_decides_by_the_same_answers(Question question) throws IOException {
    String table = Files.readString(FLOWS.resolve("qualification/qualification.dmn"));
    Set<String> known =
        words(
                table,
                "<inputEntry id=\"[^\"]*_%s\">\\s*<text>([^<]*)</text>".formatted(question.word()))
            .flatMap(cell -> words(cell, "\"(\\w+)\""))
            .collect(toSet());

    assertThat(known).isEqualTo(question.answers().stream().map(Answer::word).collect(toSet()));
  }

  @Test
  void the_form_of_sales_has_the_same_answers() throws IOException {
    String form = Files.readString(FLOWS.resolve("sales-handoff/sales-outcome.form"));

    for (Question question : Question.values()) {
      String field =
          words(form, "(?s)\"key\": \"%s\".*?\"values\": \\[(.*?)]".formatted(question.word()))
              .findFirst()
              .orElseThrow();
      assertThat(words(field, "\"value\": \"(\\w+)\"").toList())
          .isEqualTo(question.answers().stream().map(Answer::word).toList());
    }
  }

  private static Stream<String> words(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1));
  }
}
