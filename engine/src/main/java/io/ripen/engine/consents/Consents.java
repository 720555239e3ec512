package io.ripen.engine.consents;

import java.util.List;
import java.util.UUID;

/** What each lead allowed, by channel and purpose. */
public interface Consents {

  /**
   * Adds changes to the history, in the caller's transaction and in one batch; the newest by time
   * counts, of a yes and a no of the same moment the no. A change that is already there is left
   * alone.
   */
  void record(List<ConsentChange> changes);

  /**
   * Whether this lead may be written to, as it is in the caller's transaction. What leads allowed
   * before they turned out to be this one counts too.
   *
   * @param address where the message would go, in any case
   */
  Permission permission(UUID leadId, String channel, String purpose, String address);

  /**
   * Whether whoever has this address has said that they want nothing by this channel at all, such
   * as by STOP, and has not taken that back for everybody, such as by START.
   */
  boolean isRefused(String channel, String address);
}
