package io.ripen.engine.sales;

/** A lead that cannot be handed over until somebody mends something; says what. */
public final class NoRoute extends Exception {

  private static final long serialVersionUID = 1L;

  NoRoute(String problem) {
    super(problem);
  }
}
