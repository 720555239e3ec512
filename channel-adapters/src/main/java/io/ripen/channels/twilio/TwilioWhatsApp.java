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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends WhatsApp messages by Twilio. An address is {@code whatsapp:} and a telephone number in
 * international form. Who has written within a day gets our text; anybody else a template that
 * WhatsApp has approved, whose variable 1 is our text.
 *
 * <p>For the rest it does as {@link TwilioSms}.
 */
public final class TwilioWhatsApp implements Channel<ShortMessage> {

  static final String SCHEME = "whatsapp:";

  /** Of a template with its variables. */
  private static final int LONGEST_IN_TEMPLATE = 1024;

  private static final Pattern TEMPLATE = Pattern.compile("HX[0-9a-fA-F]{32}");
  private static final String NO_NUMBER =
      "the contact is not one of WhatsApp (expected: whatsapp: and a number such as +36301234567)";

  private final TwilioSender sender;
  private final ReplyWindow window;
  private final @Nullable String template;
  private final MessagesApi api;
  private final SentMessages sent;

  /**
   * @param sender a number that is registered with WhatsApp, or a messaging service that has one
   * @param template the SID of the content template ({@code HX…}), or nothing: then nobody is
   *     written to who has not written within a day
   */
  public TwilioWhatsApp(
      TwilioAccount account,
      TwilioSender sender,
      LastHeard lastHeard,
      @Nullable String template,
      Clock clock) {
    boolean none = template == null || template.isBlank();
    if (!none && !TEMPLATE.matcher(template).matches()) {
      throw new IllegalArgumentException(
          "the content template for WhatsApp: \"%s\" (expected: HX and 32 digits or letters a to f)"
              .formatted(template));
    }
    this.sender = sender;
    this.window = new ReplyWindow(lastHeard, clock);
    this.template = none ? null : template;
    this.api = new MessagesApi(account, clock);
    this.sent = new SentMessages(api);
  }

  @Override
  public String name() {
    return "whatsapp";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    Optional<String> to = contact(message);
    if (to.isEmpty()) {
      return new Rejected(NO_NUMBER, Cause.NO_SUCH_ADDRESS);
    }
    String text = PlainText.of(message);
    Optional<String> problem = MessageText.problem(text);
    if (problem.isPresent()) {
      return new Rejected(problem.get());
    }
    if (window.isOpenFor(to.get())) {
      return api.create(creator(to.get(), message.id()).setBody(text), handOver);
    }
    return template == null
        ? new Rejected(
            "the person has not written for 24 hours, so WhatsApp takes only a template, and none is"
                + " set (ripen.twilio.whatsapp.template)")
        : byTemplate(template, to.get(), text, message.id(), handOver);
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    return contact(message)
        .map(to -> sent.find(to, PlainText.of(message), handedOver))
        .orElseGet(() -> new Finding.Unknown(NO_NUMBER, Duration.ZERO));
  }

  private SendResult byTemplate(
      String template, String to, String text, String id, HandOver handOver) {
    // WhatsApp refuses line breaks and rows of blanks in a variable.
    String line = SentMessages.plain(text);
    if (line.length() > LONGEST_IN_TEMPLATE) {
      return new Rejected(
          "the message has %d characters, and a template of WhatsApp %d at most: shorten it"
              .formatted(line.length(), LONGEST_IN_TEMPLATE));
    }
    String variables = JsonMapper.shared().createObjectNode().put("1", line).toString();
    return api.create(
        creator(to, id).setContentSid(template).setContentVariables(variables), handOver);
  }

  private static Optional<String> contact(ShortMessage message) {
    return message.to().startsWith(SCHEME)
        ? PhoneNumbers.international(message.to().substring(SCHEME.length()))
            .map(number -> SCHEME + number)
        : Optional.empty();
  }

  private MessageCreator creator(String contact, String id) {
    PhoneNumber to = new PhoneNumber(contact);
    String account = api.account().sid();
    @Nullable String noBody = null;
    MessageCreator creator =
        sender.isService()
            ? new MessageCreator(account, to, sender.from(), noBody)
            : new MessageCreator(account, to, new PhoneNumber(SCHEME + sender.from()), noBody);
    sender.statusCallback(id).ifPresent(creator::setStatusCallback);
    return creator;
  }
}
