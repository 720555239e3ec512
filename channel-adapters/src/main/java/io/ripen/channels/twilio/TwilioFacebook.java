package io.ripen.channels.twilio;

import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.LastHeard;
import io.ripen.channels.PlainText;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sends messages of a Facebook page in Messenger by Twilio. An address is {@code messenger:} and
 * the id that Facebook gave the person for that page. Only who has written within a day is written
 * to: Facebook has no templates by Twilio.
 *
 * <p>For the rest it does as {@link TwilioSms}.
 */
public final class TwilioFacebook implements Channel<ShortMessage> {

  static final String SCHEME = "messenger:";

  private static final Pattern CONTACT = Pattern.compile(SCHEME + "\\d{5,20}");
  private static final String NO_CONTACT =
      "the contact is not one of Facebook Messenger (expected: messenger: and the person's id)";

  private final TwilioSender sender;
  private final ReplyWindow window;
  private final MessagesApi api;
  private final SentMessages sent;

  /**
   * @param sender {@code messenger:} and the id of a page that is connected to Twilio, or a
   *     messaging service that has one
   */
  public TwilioFacebook(
      TwilioAccount account, TwilioSender sender, LastHeard lastHeard, Clock clock) {
    if (!sender.isService() && !CONTACT.matcher(sender.from()).matches()) {
      throw new IllegalArgumentException(
          "Twilio's sender for Facebook Messenger: \"%s\" (expected: the id of the page, digits, or a messaging service, MG…)"
              .formatted(sender.from()));
    }
    this.sender = sender;
    this.window = new ReplyWindow(lastHeard, clock);
    this.api = new MessagesApi(account, clock);
    this.sent = new SentMessages(api);
  }

  @Override
  public String name() {
    return "facebook";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    if (!CONTACT.matcher(message.to()).matches()) {
      return new Rejected(NO_CONTACT, Cause.NO_SUCH_ADDRESS);
    }
    String text = PlainText.of(message);
    Optional<String> problem = MessageText.problem(text);
    if (problem.isPresent()) {
      return new Rejected(problem.get());
    }
    return window.isOpenFor(message.to())
        ? api.create(creator(message.to(), text, message.id()), handOver)
        : new Rejected(
            "the person has not written for 24 hours, and until they do Facebook Messenger takes"
                + " nothing for them");
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    return CONTACT.matcher(message.to()).matches()
        ? sent.find(message.to(), PlainText.of(message), handedOver)
        : new Finding.Unknown(NO_CONTACT, Duration.ZERO);
  }

  private MessageCreator creator(String contact, String text, String id) {
    PhoneNumber to = new PhoneNumber(contact);
    String account = api.account().sid();
    MessageCreator creator =
        sender.isService()
            ? new MessageCreator(account, to, sender.from(), text)
            : new MessageCreator(account, to, new PhoneNumber(sender.from()), text);
    sender.statusCallback(id).ifPresent(creator::setStatusCallback);
    return creator;
  }
}
