package io.ripen.engine.privacy;

import io.ripen.engine.events.Event;
import java.util.List;
import java.util.Set;

/** Knows what belongs to people who were erased, so that it does not bring them back. */
public interface Erased {

  /**
   * Finds events that must not be applied: those from before their person was erased, and those
   * that name a lead who was. To be called first in the transaction that applies the others: until
   * it ends, nobody is erased.
   *
   * @return their message ids
   */
  Set<String> among(List<Event> events);
}
