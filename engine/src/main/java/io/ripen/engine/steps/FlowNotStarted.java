package io.ripen.engine.steps;

/** A flow that nobody can start for a lead; the message says why. */
public final class FlowNotStarted extends Exception {

  private static final long serialVersionUID = 1L;

  FlowNotStarted(String message) {
    super(message);
  }
}
