package io.ripen.engine.consents;

import java.util.List;

/** What each lead allowed, by channel and purpose. */
public interface Consents {

  /**
   * Adds changes to the history, in the caller's transaction and in one batch; the newest by time
   * counts, and a change that is already there is left alone.
   */
  void record(List<ConsentChange> changes);
}
