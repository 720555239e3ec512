package io.ripen.engine.rules;

import java.time.Instant;

/**
 * A version of a rule file, or of a decision table or form that Zeebe has.
 *
 * @param version counted from 1; not raised by a file that did not change
 * @param deployedBy who, as they said it
 */
public record RuleVersion(String name, int version, Instant deployedAt, String deployedBy) {

  /** Who deployed what an engine found in its folder when it started. */
  public static final String AT_START = "the engine at its start";
}
