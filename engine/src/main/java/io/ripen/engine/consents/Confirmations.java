package io.ripen.engine.consents;

import io.ripen.engine.links.TouchRef;

/** What people confirm of what they were asked to. */
public interface Confirmations {

  /**
   * The id of the event that whoever got this touch confirmed what it asked for. Confirmed twice,
   * by the link and by an answer say, it is one consent; after a no it is another.
   */
  String eventId(TouchRef touch, String purpose);
}
