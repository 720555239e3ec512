package io.ripen.channels.twilio;

import static java.util.Objects.requireNonNull;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import io.ripen.channels.Channel.HandOver;
import io.ripen.channels.SendResult;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Twilio's messages, with the promises of a channel. Exceptions of the SDK end here. */
final class MessagesApi {

  private final TwilioAccount account;
  private final HttpSender http;
  private final Clock clock;

  MessagesApi(TwilioAccount account, Clock clock) {
    this.account = account;
    this.http = new HttpSender(account.connectTimeout());
    this.clock = clock;
  }

  TwilioAccount account() {
    return account;
  }

  Clock clock() {
    return clock;
  }

  SendResult create(MessageCreator creator, HandOver handOver) {
    Exchange exchange = new Exchange(account, http, handOver);
    try {
      @Nullable Message created = creator.create(exchange);
      return Verdict.ofAnswer(answer(exchange), created, clock);
    } catch (Exchange.Broken e) {
      return switch (e.outcome()) {
        case Outcome.Lost lost ->
            new SendResult.Uncertain(
                "Twilio's answer to the message was lost (%s)".formatted(lost.cause()));
        case Outcome.NotSent notSent -> notConnected(notSent.cause());
        case Outcome.Answered answered -> throw e;
      };
    } catch (TwilioException e) {
      return Verdict.ofError(answer(exchange), refusal(e), clock);
    }
  }

  /**
   * Asks for something that is there.
   *
   * @throws Unanswered when Twilio does not tell
   */
  <T> T read(Function<Exchange, T> question) throws Unanswered {
    Exchange exchange = new Exchange(account, http, () -> {});
    try {
      return question.apply(exchange);
    } catch (Exchange.Broken e) {
      throw new Unanswered(
          "Twilio cannot be asked: %s"
              .formatted(e.outcome() instanceof Outcome.NotSent n ? n.cause() : "no answer came"),
          null,
          Verdict.Refusal.NONE);
    } catch (TwilioException e) {
      Outcome.Answered answer = answer(exchange);
      throw new Unanswered(
          answer.status() < 300
              ? "what Twilio answered cannot be read"
              : "Twilio cannot be asked: it answered " + answer.status(),
          answer,
          refusal(e));
    }
  }

  private static SendResult notConnected(String cause) {
    return new SendResult.Retryable(
        "no connection to Twilio: " + cause, Duration.ZERO, SendResult.Scope.CHANNEL);
  }

  /** The SDK fails only on what was answered, or on what cannot be written at all. */
  private static Outcome.Answered answer(Exchange exchange) {
    return requireNonNull(exchange.answer(), "the SDK failed before it asked Twilio");
  }

  private static Verdict.Refusal refusal(TwilioException e) {
    return e instanceof ApiException api && api.getCode() != null
        ? new Verdict.Refusal(api.getCode(), String.valueOf(api.getMessage()))
        : Verdict.Refusal.NONE;
  }

  /** Twilio does not tell now; the message is free of secrets and of personal data. */
  static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Outcome.@Nullable Answered answer;
    private final transient Verdict.Refusal refusal;

    Unanswered(String message, Outcome.@Nullable Answered answer, Verdict.Refusal refusal) {
      super(message);
      this.answer = answer;
      this.refusal = refusal;
    }

    /** What came instead; null where nothing did. */
    Outcome.@Nullable Answered answer() {
      return answer;
    }

    Verdict.Refusal refusal() {
      return refusal;
    }
  }
}
