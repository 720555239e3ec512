package io.ripen.engine.migration;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Zeebe's side of a migration. */
@FunctionalInterface
interface ZeebeMigration {

  /** What Zeebe says. */
  sealed interface Answer {

    record Moved() implements Answer {}

    /** It is not running any more. */
    record Gone() implements Answer {}

    record Refused(String reason) implements Answer {}

    /** Zeebe is away or busy; trying again does no harm. */
    record NotNow(String cause) implements Answer {}
  }

  /**
   * Moves an instance as a whole, or not at all; never fails.
   *
   * @param instructions from old ids to new ones
   */
  CompletableFuture<Answer> move(long instance, long processKey, Map<String, String> instructions);
}
