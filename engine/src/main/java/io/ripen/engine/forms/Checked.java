package io.ripen.engine.forms;

import java.util.List;
import java.util.Map;

/** What the check of what was filled in says. */
sealed interface Checked {

  /**
   * All is well.
   *
   * @param values by key, of what was filled in; phone numbers as E.164
   */
  record Good(Map<String, List<String>> values) implements Checked {}

  /**
   * Something is not.
   *
   * @param errors by key, in the person's language; of the form as a whole by no key
   */
  record Bad(Map<String, String> errors) implements Checked {}
}
