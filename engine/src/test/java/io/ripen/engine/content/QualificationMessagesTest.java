package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped messages of qualification ask whom. */
class QualificationMessagesTest {

  private static final Map<String, String> ALL =
      Map.of("need", "yes", "budget", "yes", "authority", "self", "timing", "later");

  private final MessageFolder messages = new MessageFolder(Path.of("..", "bpmn"));

  @ParameterizedTest
  @ValueSource(strings = {"questions", "reminder"})
  void only_what_is_open_is_asked(String message) throws ContentProblem {
    Map<String, String> some = new TreeMap<>(ALL);
    some.remove("timing");
    asks(message, some, List.of("timing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"questions", "reminder"})
  void who_has_answered_all_is_asked_for_all_again(String message) throws ContentProblem {
    asks(message, ALL, List.of("authority", "budget", "need", "timing"));
  }

  private void asks(String message, Map<String, String> answers, List<String> questions)
      throws ContentProblem {
    for (String locale : List.of("en", "hu", "ru")) {
      RenderedMessage rendered = render(message, locale, answers);
      for (String question : ALL.keySet()) {
        String link = "/" + question + "-";
        if (questions.contains(question)) {
          assertThat(rendered.html()).as(locale).contains(link);
          assertThat(rendered.text()).as(locale).contains(link);
        } else {
          assertThat(rendered.html()).as(locale).doesNotContain(link);
          assertThat(rendered.text()).as(locale).doesNotContain(link);
        }
      }
    }
  }

  private RenderedMessage render(String message, String locale, Map<String, String> answers)
      throws ContentProblem {
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("lead", Map.of("answers", answers));
    facts.put("links", Map.of("unsubscribe", "https://example.com/unsubscribe", "answer", links()));
    return messages.render("qualification", message, locale, facts);
  }

  private static Map<String, Map<String, String>> links() {
    Map<String, Map<String, String>> links = new HashMap<>();
    Map.of(
            "need", List.of("yes", "no"),
            "budget", List.of("yes", "no", "unknown"),
            "authority", List.of("self", "other"),
            "timing", List.of("now", "quarter", "later"))
        .forEach(
            (question, answers) -> {
              Map<String, String> each = new HashMap<>();
              answers.forEach(
                  answer -> each.put(answer, "https://example.com/" + question + "-" + answer));
              links.put(question, each);
            });
    return links;
  }
}
