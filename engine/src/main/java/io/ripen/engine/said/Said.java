package io.ripen.engine.said;

/** SQL that tells which word counts of the table {@code consent}, the same for all who ask. */
public final class Said {

  /**
   * The order of what was said of one channel and purpose, {@code consent c}; the first counts. It
   * is the newest; of two at the same time, the no. What a list of contacts says of somebody counts
   * only where they have said nothing themselves, whenever it was imported.
   */
  public static final String NEWEST =
      "(c.proof -> 'import') is not null, c.changed_at desc, c.granted";

  /** The hash of where {@code lead l} is reached now by the channel of {@code consent c}. */
  public static final String REACHED =
      "md5(lower(case c.channel when 'email' then l.email when 'sms' then l.phone end))";

  /** Whether {@code consent c} says something of where {@code lead l} is reached now. */
  public static final String HOLDS = isFor(REACHED);

  private Said() {}

  /**
   * Whether {@code consent c} says something of one address. A yes by e-mail or text message is for
   * the address that it was given for; a no is for all.
   *
   * @param hash SQL for the address, hashed as {@code touch.sent_to} is
   */
  public static String isFor(String hash) {
    return "(c.address is null or c.address = %s)".formatted(hash);
  }
}
