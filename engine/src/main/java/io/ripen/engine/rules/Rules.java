package io.ripen.engine.rules;

/** The rule files as they are now. Answers from memory; safe for use by many threads. */
@FunctionalInterface
public interface Rules {

  /** The newest version of each, all of the same moment. */
  RuleSet now();
}
