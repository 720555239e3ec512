package io.ripen.engine.rules;

/** The rule files as they are now. Safe for use by many threads. */
@FunctionalInterface
public interface Rules {

  /** The newest version of each, all of the same moment. Answers from memory. */
  RuleSet now();

  /**
   * Takes over what was deployed since the last time, in whichever process, for whoever cannot wait
   * until that is done by itself. Asks the database.
   */
  default void refresh() {}
}
