package io.ripen.engine.consents;

import java.util.UUID;

/** Who may be written to. */
public interface Permissions {

  /**
   * Whether this lead may be written to, as it is in the caller's transaction. What leads allowed
   * before they turned out to be this one counts too. A yes by e-mail or text message counts only
   * for the address that it was given for.
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
