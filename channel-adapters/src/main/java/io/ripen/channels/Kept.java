package io.ripen.channels;

import java.time.Duration;

/** What came of a message that is kept until its person sees it; see {@link SendResult.Waiting}. */
public sealed interface Kept {

  /**
   * They saw it: the message is accepted.
   *
   * @param providerId as in {@link SendResult.Waiting}
   */
  record Seen(String providerId) implements Kept {}

  /** It certainly is not kept: the message may be sent again. */
  record Missing() implements Kept {}

  /**
   * They have not seen it yet.
   *
   * @param cause what it waits for, free of personal data
   * @param backoff after what time asking again may tell more
   */
  record Waiting(String cause, Duration backoff) implements Kept {}

  /**
   * They did not come in its time. From now on nobody sees it any more.
   *
   * @param reason a sentence, free of personal data
   */
  record Unseen(String reason) implements Kept {}
}
