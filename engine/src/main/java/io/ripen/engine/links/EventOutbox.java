package io.ripen.engine.links;

import io.ripen.engine.events.Event;

/**
 * Where events wait for Kafka: those it did not take at once, and those of visits that are told.
 */
public interface EventOutbox {

  /**
   * Keeps an event until Kafka has it; one that is kept already is not kept twice.
   *
   * @throws org.springframework.dao.DataAccessException when it could not be kept
   */
  void put(Event event);
}
