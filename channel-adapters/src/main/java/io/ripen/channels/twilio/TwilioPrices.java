package io.ripen.channels.twilio;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageFetcher;
import io.ripen.channels.Prices;
import io.ripen.channels.http.HttpSender.Outcome.Answered;
import io.ripen.channels.http.RetryAfter;
import io.ripen.channels.twilio.MessagesApi.Unanswered;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks Twilio what messages cost, by whatever channel they went. It knows some time after it sent
 * them; its callbacks hardly ever tell.
 */
public final class TwilioPrices implements Prices {

  private static final Duration BUSY = Duration.ofMinutes(1);
  private static final Duration AWAY = Duration.ofMinutes(5);
  private static final int NO_SUCH_MESSAGE = 20404;

  private final MessagesApi api;

  public TwilioPrices(TwilioAccount account, Clock clock) {
    this.api = new MessagesApi(account, clock);
  }

  @Override
  public Answer of(String providerId) {
    try {
      Message message =
          api.read(exchange -> new MessageFetcher(api.account().sid(), providerId).fetch(exchange));
      return price(message);
    } catch (Unanswered e) {
      return instead(e);
    }
  }

  private static Answer price(Message message) {
    Optional<BigDecimal> amount =
        Optional.ofNullable(message.getPrice()).flatMap(TwilioPrices::amount);
    @Nullable Currency currency = message.getPriceUnit();
    return amount.isPresent() && currency != null
        ? new Answer.Known(amount.get(), currency)
        : new Answer.NotYet();
  }

  /** A price as Twilio writes it: what it takes from the account is below zero. */
  static Optional<BigDecimal> amount(String price) {
    try {
      return Optional.of(new BigDecimal(price).abs());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Answer instead(Unanswered unanswered) {
    String cause = String.valueOf(unanswered.getMessage());
    @Nullable Answered answer = unanswered.answer();
    if (answer == null) {
      return new Answer.Unanswered(cause, AWAY);
    }
    int status = answer.status();
    int code = unanswered.refusal().code();
    if (status == 429 || code == Verdict.TOO_MANY) {
      return new Answer.Unanswered(cause, RetryAfter.of(answer.headers(), api.clock(), BUSY));
    }
    if (code == NO_SUCH_MESSAGE) {
      return new Answer.Never();
    }
    boolean isOfAll = status == 401 || status == 403 || status >= 500 || code == 0;
    return status >= 300 && isOfAll
        ? new Answer.Unanswered(cause, AWAY)
        // Of the next message it may well tell.
        : new Answer.NotYet();
  }
}
