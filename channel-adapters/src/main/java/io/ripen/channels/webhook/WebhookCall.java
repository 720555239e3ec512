package io.ripen.channels.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.SequencedMap;

/**
 * What another system is told.
 *
 * @param url where it takes calls; what stands in its path and query may be a secret, too
 * @param id the same each time that this is told
 * @param type what happened, such as {@code step.reached}
 * @param at when it was first to be told, as far as that is known
 * @param data what is told, in this order; ids only
 */
public record WebhookCall(
    URI url, String id, String type, Instant at, SequencedMap<String, String> data) {

  Receiver receiver() {
    return Receiver.at(url);
  }

  /** Leaves out what must not be read in a log. */
  @Override
  public String toString() {
    return "WebhookCall[%s to %s]".formatted(id, url.getHost());
  }
}
