package io.ripen.channels;

import java.time.Instant;
import java.util.Optional;

/** Knows when people wrote to us. Some messengers let us write freely only for a while after. */
@FunctionalInterface
public interface LastHeard {

  /**
   * When the person last wrote, or empty when they never did.
   *
   * @param address as in {@link Inbound.FromPerson#from()}, for example {@code
   *     whatsapp:+36301234567}
   */
  Optional<Instant> lastHeardFrom(String address);
}
