package io.ripen.engine.console;

import org.jspecify.annotations.Nullable;

/** What a salesperson does with a task; its form says which it is. */
enum TaskKind {
  /** Takes a lead, and so finishes the task. */
  TAKE,
  /** Says how it ended. */
  OUTCOME,
  /** Whatever the flow's step says; finished when it is done. */
  OTHER;

  static TaskKind of(@Nullable String form) {
    return switch (form == null ? "" : form) {
      case "sales-take-lead" -> TAKE;
      case "sales-outcome" -> OUTCOME;
      default -> OTHER;
    };
  }
}
