package io.ripen.channels.webpush;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.http.HttpSender.Outcome.Answered;
import io.ripen.channels.http.RetryAfter;
import java.time.Clock;
import java.time.Duration;

/** What a push service answers, and what that means for the message (RFC 8030). */
record Answer(String host, Clock clock) {

  /** Somebody has to change a setting first. */
  private static final Duration SETTING = Duration.ofMinutes(5);

  private static final Duration BUSY = Duration.ofSeconds(30);

  SendResult to(PushMessage message, Answered answered) {
    int status = answered.status();
    String words = "%s answered %d".formatted(host, status);
    if (status >= 200 && status < 300) {
      return new Accepted("push:" + message.id());
    }
    return switch (status) {
      // A browser that subscribed to another's key would bring this, too: it is no other's trouble.
      case 401, 403 ->
          new Retryable(
              words
                  + ", so it does not know our keys: are ripen.push.public-key, private-key and subject right?",
              SETTING);
      case 404, 410 ->
          new Rejected(words + ": the browser takes no more messages", Cause.NO_SUCH_ADDRESS);
      case 413 -> new Rejected(words + ": the message is too large for it, shorten it");
      // RFC 8030, 8.4: of this browser there are too many, not of all.
      case 429 -> new Retryable(words, RetryAfter.of(answered.headers(), clock, BUSY));
      case 408, 503 ->
          new Retryable(words, RetryAfter.of(answered.headers(), clock, BUSY), Scope.CHANNEL);
      default -> other(status, words);
    };
  }

  /** An error on the push service's side leaves it unknown whether the message went on. */
  private static SendResult other(int status, String words) {
    if (status >= 500) {
      return new Uncertain(words);
    }
    return status >= 400
        ? new Rejected(words)
        : new Retryable(words + ", which is no answer to a message", SETTING);
  }
}
