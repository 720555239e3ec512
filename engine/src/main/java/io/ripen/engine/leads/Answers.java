package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.Instant;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a lead answered, by question: the newest answer each, and of two of the same moment the one
 * that comes later in the alphabet, so that the order in which they come in does not matter. As
 * JSON: {@code {"topic": {"answer": "prices", "at": "2026-05-04T10:00:00Z"}}}.
 */
final class Answers {

  /** {@code properties}: {@code question} and {@code answer}. */
  static final String QUESTION_ANSWERED = "Question Answered";

  /** Of who has answered nothing. */
  static final String NONE = "{}";

  static final String ANSWER = "answer";
  private static final String AT = "at";
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
      if (put(answers, question, answer, event.occurredAt())) {
        lead.answers = answers.toString();
        lead.isChanged = true;
      }
    }
  }

  /** How many questions were answered; most people have answered none. */
  static int count(String answers) {
    return answers.equals(NONE) ? 0 : parse(answers).size();
  }

  /** The answers of two leads who turned out to be one. */
  static String union(String one, String other) {
    ObjectNode answers = parse(one);
    parse(other)
        .properties()
        .forEach(
            entry ->
                put(
                    answers,
                    entry.getKey(),
                    entry.getValue().path(ANSWER).asString(),
                    at(entry.getValue())));
    return answers.toString();
  }

  static ObjectNode parse(String answers) {
    return (ObjectNode) JsonMapper.shared().readTree(answers);
  }

  private static boolean put(ObjectNode answers, String question, String answer, Instant at) {
    JsonNode known = answers.get(question);
    if (known == null ? answers.size() >= MOST_QUESTIONS : !isNewer(answer, at, known)) {
      return false;
    }
    answers.putObject(question).put(ANSWER, answer).put(AT, at.toString());
    return true;
  }

  private static boolean isNewer(String answer, Instant at, JsonNode known) {
    int order = at.compareTo(at(known));
    return order > 0 || (order == 0 && answer.compareTo(known.path(ANSWER).asString()) > 0);
  }

  private static Instant at(JsonNode answer) {
    return Instant.parse(answer.path(AT).asString());
  }
}
