package io.ripen.engine.console;

import io.ripen.engine.sales.Question;
import java.time.Instant;

/** An answer of a lead, to whoever asked. */
record SalesAnswer(String question, String answer, Instant at) {

  /** The question and the answer in words, where they are ours. */
  public String text() {
    return Question.inWords(question, answer);
  }

  public Moment when() {
    return Moment.of(at);
  }
}
