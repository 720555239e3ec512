package io.ripen.engine.flows;

/** Which signals somebody waits for. Answers from memory; safe for use by many threads. */
public interface AwaitedSignals {

  /**
   * Whether a message of this name can start or wake an instance of any version of any flow that
   * Zeebe knows.
   */
  boolean awaits(String signal);
}
