package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a lead answered, by question: the newest answer each, and of two of the same moment the one
 * that comes later in the alphabet, so that the order in which they come in does not matter. As
 * JSON: {@code {"topic": {"answer": "prices", "at": "2026-05-04T10:00:00Z"}}}; what a salesperson
 * wrote down is marked by {@code "writtenDown": true}.
 */
final class Answers {

  /**
   * {@code properties}: {@code question}, {@code answer}, and {@code by} whom it was written down.
   */
  static final String QUESTION_ANSWERED = "Question Answered";

  /** Of who has answered nothing. */
  static final String NONE = "{}";

  static final String ANSWER = "answer";
  private static final String AT = "at";
  private static final String WRITTEN_DOWN = "writtenDown";
  private static final Pattern QUESTION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
  private static final int MOST_QUESTIONS = 100;

  private Answers() {}

  static void apply(Event event, LeadState lead) {
    if (!event.name().equals(QUESTION_ANSWERED)) {
      return;
    }
    String question = Shopping.firstText(event.properties(), "question");
    String answer = Shopping.firstText(event.properties(), ANSWER);
    // What has no name that a condition can ask for stays in the event itself.
    if (question != null && answer != null && QUESTION.matcher(question).matches()) {
      ObjectNode answers = parse(lead.answers);
      boolean isWrittenDown = Shopping.firstText(event.properties(), "by") != null;
      if (put(answers, question, new Answer(answer, event.occurredAt(), isWrittenDown))) {
        lead.answers = answers.toString();
        lead.isChanged = true;
      }
    }
  }

  /**
   * How many questions they have answered themselves; most people have answered none.
   *
   * @param since later than this alone counts, where it is given
   */
  static int countOwn(String answers, @Nullable Instant since) {
    if (answers.equals(NONE)) {
      return 0;
    }
    return (int)
        parse(answers).values().stream()
            .map(Answer::of)
            .filter(each -> !each.isWrittenDown())
            .filter(each -> since == null || each.at().isAfter(since))
            .count();
  }

  /** The answers of two leads who turned out to be one. */
  static String union(String one, String other) {
    ObjectNode answers = parse(one);
    parse(other)
        .properties()
        .forEach(entry -> put(answers, entry.getKey(), Answer.of(entry.getValue())));
    return answers.toString();
  }

  static ObjectNode parse(String answers) {
    return (ObjectNode) JsonMapper.shared().readTree(answers);
  }

  private static boolean put(ObjectNode answers, String question, Answer answer) {
    JsonNode known = answers.get(question);
    if (known == null ? answers.size() >= MOST_QUESTIONS : !answer.isNewerThan(Answer.of(known))) {
      return false;
    }
    ObjectNode kept =
        answers.putObject(question).put(ANSWER, answer.text()).put(AT, answer.at().toString());
    if (answer.isWrittenDown()) {
      kept.put(WRITTEN_DOWN, true);
    }
    return true;
  }

  /**
   * One answer.
   *
   * @param isWrittenDown whether a salesperson told it, and not the lead
   */
  private record Answer(String text, Instant at, boolean isWrittenDown) {

    static Answer of(JsonNode kept) {
      return new Answer(
          kept.path(ANSWER).asString(),
          Instant.parse(kept.path(AT).asString()),
          kept.path(WRITTEN_DOWN).asBoolean(false));
    }

    boolean isNewerThan(Answer known) {
      int order = at.compareTo(known.at);
      return order > 0 || (order == 0 && text.compareTo(known.text) > 0);
    }
  }
}
