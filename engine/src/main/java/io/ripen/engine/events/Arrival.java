package io.ripen.engine.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an event came in, and so what of it is believed and what is filled in. */
public sealed interface Arrival {

  /** When it came in, by our clock. */
  Instant at();

  /**
   * Through the HTTP door, from anybody who knows a write key: site, time of arrival and lead are
   * ours to say, whatever the event tells.
   *
   * @param site the site that the write key belongs to
   * @param sentAt when the sender's clock says that it sent the request, if it told: the difference
   *     from ours is taken off the event's time
   */
  record AtDoor(String site, Instant at, @Nullable Instant sentAt) implements Arrival {}

  /**
   * From the topic, put there by ourselves or another system of the company: believed, and filled
   * in where it is silent.
   *
   * @param written when Kafka says that it was, in milliseconds
   */
  record OnTopic(String topic, int partition, long offset, long written, Instant at)
      implements Arrival {

    /**
     * The id of an event that came without one: the same again when it is read again, and another
     * one on a topic that was emptied, which counts its offsets anew.
     */
    String messageId() {
      return topic + '-' + partition + '-' + offset + '-' + written;
    }
  }
}
