package io.ripen.engine.links;

import io.ripen.engine.events.Event;

/** Where events wait that Kafka did not take. */
public interface EventOutbox {

  /**
   * Keeps an event until Kafka has it; one that is kept already is not kept twice.
   *
   * @throws org.springframework.dao.DataAccessException when it could not be kept
   */
  void put(Event event);
}
