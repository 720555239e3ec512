package io.ripen.channels;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What came in by a channel: a provider's word on a message that went out, or a person's own. It
 * comes in any order, and the same may come more than once.
 */
public sealed interface Inbound {

  /** The same thing always has the same one, and no two things have. */
  String id();

  /** When it happened, as well as the provider tells. */
  Instant at();

  /** A provider's word on a message that went out; one of the two ids is there. */
  sealed interface Report extends Inbound {
    /** As in {@link SendResult.Accepted}. */
    @Nullable String providerId();

    /**
     * Ours, as in {@link ShortMessage#id()}: it is known even where the provider's answer was lost.
     */
    @Nullable String messageId();
  }

  /** It has reached the person's device or mailbox. */
  record Delivered(String id, Instant at, @Nullable String providerId, @Nullable String messageId)
      implements Report {}

  /** The person has seen it, as their device tells. */
  record Seen(String id, Instant at, @Nullable String providerId, @Nullable String messageId)
      implements Report {}

  /**
   * The person sent the form that is in the message.
   *
   * @param form its name
   */
  record FormSent(
      String id, Instant at, @Nullable String providerId, @Nullable String messageId, String form)
      implements Report {}

  /**
   * It will not reach them.
   *
   * @param to the address that it did not reach, as in {@link ShortMessage#to()}, if it is told
   * @param code the provider's own, for example {@code 30003}
   * @param reason in words, free of personal data
   */
  record Undelivered(
      String id,
      Instant at,
      @Nullable String providerId,
      @Nullable String messageId,
      @Nullable String to,
      Cause cause,
      String code,
      String reason)
      implements Report {}

  /**
   * The person said to their provider that it is unwanted: as spam.
   *
   * @param to their address, if it is told
   */
  record Complained(
      String id,
      Instant at,
      @Nullable String providerId,
      @Nullable String messageId,
      @Nullable String to)
      implements Report {}

  /** What it cost. */
  record Priced(
      String id,
      Instant at,
      @Nullable String providerId,
      @Nullable String messageId,
      BigDecimal price,
      Currency currency)
      implements Report {}

  /** Why a message did not reach somebody. */
  enum Cause {
    /** There is no such address, and there will not be: nobody should write to it again. */
    NO_SUCH_ADDRESS,
    /** The person wants nothing from us by this channel. */
    UNWANTED,
    /** This one was lost; the next may arrive. */
    LOST,
    /** It was not let through for what it says or who sent it. */
    FILTERED
  }

  /** What a person did. */
  sealed interface FromPerson extends Inbound {
    /** The channel's name, as in {@link Channel#name()}. */
    String channel();

    /** Where they can be reached, as in {@link ShortMessage#to()}. */
    String from();
  }

  /**
   * They wrote to us.
   *
   * @param answerTo the provider's id of the message of ours that they answer, or ours, where it is
   *     known
   */
  record Said(
      String id, Instant at, String channel, String from, String text, @Nullable String answerTo)
      implements FromPerson {}

  /**
   * They want nothing more by this channel.
   *
   * @param wording what they wrote or did, kept as proof
   */
  record OptedOut(String id, Instant at, String channel, String from, String wording)
      implements FromPerson {}

  /**
   * They want messages by this channel again.
   *
   * @param wording what they wrote or did, kept as proof
   */
  record OptedIn(String id, Instant at, String channel, String from, String wording)
      implements FromPerson {}

  /**
   * They wrote HELP and nothing else, and a program tells them who writes and how to end it. Where
   * none does, it is {@link Said}.
   *
   * @param wording what they wrote
   */
  record AskedForHelp(String id, Instant at, String channel, String from, String wording)
      implements FromPerson {}

  /**
   * They opened the channel to us for the first time, or again.
   *
   * @param token what our link that they followed carried, if they followed one
   */
  record Opened(String id, Instant at, String channel, String from, @Nullable String token)
      implements FromPerson {}
}
