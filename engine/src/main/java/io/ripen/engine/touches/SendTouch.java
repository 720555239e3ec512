package io.ripen.engine.touches;

/** The one way out for every touch. Safe for use by many threads. */
public interface SendTouch {

  /**
   * Sends the touch, or finds out what became of it before. May be called for the same touch any
   * number of times, by any number of workers at once, and after any of them died: the message goes
   * out once.
   *
   * @throws RuntimeException when the database is out of reach or there is a bug; the ledger is in
   *     order then too, so call again later
   */
  TouchOutcome send(Touch touch);
}
