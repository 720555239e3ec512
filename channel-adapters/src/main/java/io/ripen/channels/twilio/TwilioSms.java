package io.ripen.channels.twilio;

import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.PlainText;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends text messages by Twilio. An address is a telephone number in international form.
 *
 * <p>The hand-over begins when the connection stands, right before the message; whatever breaks
 * before it is {@link SendResult.Retryable}, and whatever breaks after it without an answer is
 * {@link SendResult.Uncertain}, for which {@link #lookUp} asks Twilio. Nothing is repeated.
 */
public final class TwilioSms implements Channel<ShortMessage> {

  /** As long as Twilio keeps any message that waits for its turn. */
  private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

  private static final String NO_NUMBER =
      "the number is not in international form (expected: + and 7 to 15 digits)";

  private final TwilioSender sender;
  private final MessagesApi api;
  private final SentMessages sent;

  public TwilioSms(TwilioAccount account, TwilioSender sender, Clock clock) {
    this.sender = sender;
    this.api = new MessagesApi(account, clock);
    this.sent = new SentMessages(api);
  }

  @Override
  public String name() {
    return "sms";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    Optional<String> to = PhoneNumbers.international(message.to());
    if (to.isEmpty()) {
      return new Rejected(NO_NUMBER, Cause.NO_SUCH_ADDRESS);
    }
    String text = PlainText.of(message);
    Optional<String> problem = MessageText.problem(text);
    return problem.isPresent()
        ? new Rejected(problem.get())
        : api.create(creator(to.get(), text, message), handOver);
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    return PhoneNumbers.international(message.to())
        .map(to -> sent.find(to, PlainText.of(message), handedOver))
        .orElseGet(() -> new Finding.Unknown(NO_NUMBER, Duration.ZERO));
  }

  private MessageCreator creator(String number, String text, ShortMessage message) {
    PhoneNumber to = new PhoneNumber(number);
    String account = api.account().sid();
    MessageCreator creator =
        sender.isService()
            ? new MessageCreator(account, to, sender.from(), text)
            : new MessageCreator(account, to, new PhoneNumber(sender.from()), text);
    sender.statusCallback(message.id()).ifPresent(creator::setStatusCallback);
    validity(message.useUntil()).ifPresent(creator::setValidityPeriod);
    return creator;
  }

  /** For how many seconds Twilio may let it wait, if that is less than it would anyway. */
  private Optional<Integer> validity(@Nullable Instant useUntil) {
    if (useUntil == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(api.clock().instant(), useUntil);
    return left.compareTo(LONGEST_VALIDITY) < 0
        ? Optional.of((int) Math.max(left.toSeconds(), 1))
        : Optional.empty();
  }
}
