package io.ripen.engine.forms;

import java.time.Duration;
import java.util.Map;

/** What becomes of a form that was sent. */
sealed interface Answer {

  /** It is kept, or came from a program, which is told the same. */
  record Thanks(String text) implements Answer {}

  /** Something in it is not right; the person can mend it. */
  record Mend(Map<String, String> errors) implements Answer {}

  /** It stood open for too long and has to be sent again, with a new token. */
  record Again(String text) implements Answer {}

  /** This address sends too often. */
  record TooOften(String text, Duration pause) implements Answer {}

  /** It cannot be kept now. */
  record Later(String text) implements Answer {}
}
