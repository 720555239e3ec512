package io.ripen.engine.sales;

/** What Zeebe said. */
public sealed interface TaskAnswer {

  /** It is done. */
  record Done() implements TaskAnswer {}

  /** Somebody else has the task. */
  record Taken() implements TaskAnswer {}

  /** There is no such task any more: somebody finished it, its time was up, the flow has ended. */
  record Gone() implements TaskAnswer {}

  /** Zeebe would not do it, and would not if asked again. */
  record Refused(String why) implements TaskAnswer {}

  /** Nobody knows whether it is done: Zeebe could not be reached, or did not answer in time. */
  record Away(String cause) implements TaskAnswer {}
}
