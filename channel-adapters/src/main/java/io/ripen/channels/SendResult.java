package io.ripen.channels;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one message that was handed to a provider. */
public sealed interface SendResult {

  /**
   * The provider took responsibility for the message.
   *
   * @param providerId the provider's or our own id of the message
   */
  record Accepted(String providerId) implements SendResult {}

  /**
   * The provider will never take this message.
   *
   * @param reason the provider's words, free of personal data
   * @param cause what it tells of the person's address, where it tells something: null says nothing
   *     of the next message
   */
  record Rejected(String reason, Inbound.@Nullable Cause cause) implements SendResult {
    public Rejected(String reason) {
      this(reason, null);
    }
  }

  /**
   * The message was certainly not taken; the same message may be later.
   *
   * @param cause what stood in the way, free of personal data
   * @param backoff the shortest time to wait, as the provider asks or the channel advises
   * @param scope whether other messages would fare alike
   */
  record Retryable(String cause, Duration backoff, Scope scope) implements SendResult {

    /** Of this message alone, as far as the channel knows. */
    public Retryable(String cause, Duration backoff) {
      this(cause, backoff, Scope.MESSAGE);
    }
  }

  /**
   * The message is kept for a while until its person is there to see it, and then given up. What
   * came of it {@link Channel#whereIs} tells; until then nobody sends it again.
   *
   * @param providerId as in {@link Accepted}
   * @param cause what it waits for, free of personal data
   * @param backoff after what time asking may tell more
   */
  record Waiting(String providerId, String cause, Duration backoff) implements SendResult {}

  /**
   * Nobody can know whether the message was taken: the answer was lost.
   *
   * @param cause what was lost, free of personal data
   */
  record Uncertain(String cause) implements SendResult {}

  /** What stands in the way of what. */
  enum Scope {
    /** Of this message, as a full mailbox does. */
    MESSAGE,
    /**
     * Of all messages of this channel, as a provider does that is away, asks to be left alone or
     * does not know us.
     */
    CHANNEL
  }
}
