package io.ripen.engine.links;

import io.ripen.engine.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where visits of a message's links wait until it shows whether a person made them. */
interface Visits {

  /** Whether visits of this message's links wait at all. */
  boolean hold(TouchRef touch);

  /**
   * Keeps one for good.
   *
   * @throws org.springframework.dao.DataAccessException when it could not be kept
   */
  void put(Visit visit);

  /**
   * One visit.
   *
   * @param link tells the links of a message apart; null for the picture, which is none
   * @param event what it means if a person made it; null where a look means nothing
   */
  record Visit(TouchRef touch, @Nullable String link, Instant at, @Nullable Event event) {}
}
