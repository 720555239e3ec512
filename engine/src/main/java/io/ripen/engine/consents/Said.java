package io.ripen.engine.consents;

/** SQL that tells which word counts of the table {@code consent}, the same for all who ask. */
public final class Said {

  /**
   * The order of what was said of one channel and purpose, {@code consent c}; the first counts. It
   * is the newest; of two at the same time, the no. What a list of contacts says of somebody counts
   * only where they have said nothing themselves, whenever it was imported.
   */
  public static final String NEWEST =
      "(c.proof -> 'import') is not null, c.changed_at desc, c.granted";

  /**
   * Whether {@code consent c} says something of where {@code lead l} is reached now. A yes by
   * e-mail or text message is for the address that it was given for; a no is for all.
   */
  public static final String HOLDS =
      """
      (c.address is null or c.address = md5(lower(
        case c.channel when 'email' then l.email when 'sms' then l.phone end)))
      """;

  private Said() {}
}
