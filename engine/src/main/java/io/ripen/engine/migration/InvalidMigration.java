package io.ripen.engine.migration;

/** A migration that nobody could carry out, whoever is running; the message says what to ask. */
final class InvalidMigration extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidMigration(String message) {
    super(message);
  }
}
