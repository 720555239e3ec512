package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.util.List;

/** Is told what befell messages that were sent, in the transaction that applies it. */
public interface MessageNews {

  /**
   * What happened, in the order of the batch.
   *
   * @param news {@code Message …} events that name their touch
   */
  void heard(List<Event> news);
}
