package io.ripen.engine.geo;

import java.time.ZoneId;
import java.util.Optional;

/** Knows in which region addresses of the Internet are. Safe for use by many threads. */
@FunctionalInterface
public interface Regions {

  /** Where nobody has a database of them. */
  Regions UNKNOWN = address -> Optional.empty();

  /**
   * The time zone there, if it is known.
   *
   * @param address in digits, of either kind; anything else is in no region, and no name is looked
   *     up
   */
  Optional<ZoneId> zoneOf(String address);
}
