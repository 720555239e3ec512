package io.ripen.engine.consents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What each lead allowed, by channel and purpose. */
public interface Consents extends Permissions {

  /**
   * Adds changes to the history, in the caller's transaction and in one batch; the newest by time
   * counts, of a yes and a no of the same moment the no. A change that is already there is left
   * alone; but where a list told it, and a list tells it again for another address, it is for that.
   */
  void record(List<ConsentChange> changes);

  /**
   * Keeps what was allowed while no address was known from going over to another one: it is for the
   * first that was known. In the caller's transaction.
   */
  void bind(List<FirstAddress> addresses);

  /**
   * The address that a lead had before they got another one.
   *
   * @param channel {@code email} or {@code sms}
   */
  record FirstAddress(UUID leadId, String channel, String address) {}

  /**
   * What messages were for that the lead had last said yes to, for this address, before they wanted
   * nothing at all any more: marketing, the newsletter. What STOP and its like took back themselves
   * does not count, so that STOP twice is as good as once.
   *
   * @param before when they wanted nothing any more
   */
  List<String> agreedBefore(UUID leadId, String channel, String address, Instant before);
}
