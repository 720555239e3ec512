package io.ripen.engine.consents;

import java.time.Instant;
import java.util.Optional;

/** Addresses that must not be written to, whoever's they are. */
public interface Suppressions {

  /** For every purpose. */
  String ALL = "all";

  /** The person wants nothing; they may want it again. */
  String UNSUBSCRIBED = "unsubscribed";

  /** There is no such address. */
  String BOUNCED = "bounced";

  /** The person told their provider that it is spam. */
  String COMPLAINED = "complained";

  /**
   * Keeps everybody from writing to this address, in the caller's transaction, until each of the
   * reasons is lifted.
   *
   * @param address in any case
   * @param purpose or {@link #ALL}
   * @param reason one of the words above
   */
  void suppress(String channel, String address, String purpose, String reason, Instant since);

  /**
   * Takes back what was said for this reason until then, in the caller's transaction: what is told
   * late, or again, undoes nothing newer.
   *
   * @return since when nobody could write there at all for it, if nobody could
   */
  Optional<Instant> lift(String channel, String address, String reason, Instant at);
}
