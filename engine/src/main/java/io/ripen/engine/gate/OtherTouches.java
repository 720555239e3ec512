package io.ripen.engine.gate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What else a lead gets, and whoever has the same address. */
interface OtherTouches {

  /**
   * All other touches that count for the caps: of all ids that the lead ever had, and by this
   * channel those of other leads to the same address, which one person reads.
   *
   * @param leadId the lead itself, after every merge
   * @param address where the touch is to go
   * @param key the touch that is not another one
   * @param since how far back
   */
  List<OtherTouch> of(
      UUID leadId, Medium medium, String address, long key, Instant since, Instant now);

  /**
   * When the other transactional touches by this channel went out; now, of one under way.
   *
   * @param leadId the lead itself, after every merge
   * @param key the touch that is not another one
   * @param since how far back
   */
  List<Instant> transactional(UUID leadId, Medium medium, long key, Instant since, Instant now);

  /** How many other messages that ask to confirm went out to this address, of all leads. */
  int confirmations(Medium medium, String address, long key, Instant since);
}
