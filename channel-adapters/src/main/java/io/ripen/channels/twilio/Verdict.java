package io.ripen.channels.twilio;

import com.twilio.rest.api.v2010.account.Message;
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
import org.jspecify.annotations.Nullable;

/** What Twilio's answer to a message means, by its published documentation. */
final class Verdict {

  /** The code of error 429. */
  static final int TOO_MANY = 20429;

  /** Somebody has to change a setting first. */
  private static final Duration SETTING = Duration.ofMinutes(5);

  private static final Duration BUSY = Duration.ofSeconds(10);

  private Verdict() {}

  /**
   * What an error says.
   *
   * @param code of Twilio's dictionary; 0 where there is none
   * @param words Twilio's, with personal data
   */
  record Refusal(int code, String words) {
    static final Refusal NONE = new Refusal(0, "");
  }

  /** Of what the SDK could read as a message. */
  static SendResult ofAnswer(Answered answer, @Nullable Message created, Clock clock) {
    if (answer.status() >= 300 || created == null || created.getSid() == null) {
      return ofError(answer, Refusal.NONE, clock);
    }
    Message.Status status = created.getStatus();
    boolean dead = status == Message.Status.FAILED || status == Message.Status.UNDELIVERED;
    // Nobody is called back for the status that a message is born with.
    return dead && created.getErrorCode() != null
        ? ofCode(new Refusal(created.getErrorCode(), ""))
        : new Accepted(created.getSid());
  }

  /**
   * Of what is no message.
   *
   * <p>5xx is never a no: Twilio says (error 20500) that a person may get a message twice when it
   * is sent again after one. 429 is always a no (error 20429).
   */
  static SendResult ofError(Answered answer, Refusal refusal, Clock clock) {
    int status = answer.status();
    if (status < 300) {
      return new Uncertain("Twilio took the message, but its answer cannot be read");
    }
    if (status >= 500 || status == 408) {
      return new Uncertain(
          "Twilio answered %s, and may have it".formatted(numbers(status, refusal)));
    }
    if (status == 429 || refusal.code() == TOO_MANY) {
      return new Retryable(
          "Twilio answered %s: too many requests at once".formatted(numbers(status, refusal)),
          RetryAfter.of(answer.headers(), clock, BUSY),
          Scope.CHANNEL);
    }
    if (status == 401 || status == 403) {
      return new Retryable(
          "Twilio answered %s: it does not take our credentials; look at account SID, key and secret"
              .formatted(numbers(status, refusal)),
          SETTING,
          Scope.CHANNEL);
    }
    if (refusal.code() == 0) {
      return new Retryable(
          "%d came from something before Twilio, a proxy perhaps: is the address of its API right?"
              .formatted(status),
          SETTING,
          Scope.CHANNEL);
    }
    return ofCode(refusal);
  }

  private static SendResult ofCode(Refusal refusal) {
    int code = refusal.code();
    return TwilioError.of(code)
        .map(known -> ofKnown(code, known))
        .orElseGet(
            () ->
                new Rejected(
                    "Twilio's error %d %s"
                        .formatted(code, Scrubber.scrub(refusal.words()))
                        .strip()));
  }

  private static SendResult ofKnown(int code, TwilioError error) {
    String words = "Twilio's error %d: %s".formatted(code, error.words());
    return switch (error.blame()) {
      case MESSAGE -> new Rejected(words, error.cause());
      case SETTING -> new Retryable(words, SETTING, Scope.CHANNEL);
      case SENDER -> new Retryable(words, SETTING, Scope.MESSAGE);
      case TRAFFIC -> new Retryable(words, BUSY, Scope.CHANNEL);
    };
  }

  private static String numbers(int status, Refusal refusal) {
    return refusal.code() == 0 ? "" + status : "%d (%d)".formatted(status, refusal.code());
  }
}
