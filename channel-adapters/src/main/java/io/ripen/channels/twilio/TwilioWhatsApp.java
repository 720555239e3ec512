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
import io.ripen.channels.ShortMessage.Template;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends WhatsApp messages by Twilio. An address is {@code whatsapp:} and a telephone number in
 * international form. Who has written within a day gets our text; anybody else a template that
 * WhatsApp has approved: the message's own, or else one for all, whose variable 1 is our text.
 *
 * <p>For the rest it does as {@link TwilioSms}.
 */
public final class TwilioWhatsApp implements Channel<ShortMessage> {

  static final String SCHEME = "whatsapp:";

  /** Of a template with its variables, as far as it is ours. */
  private static final int LONGEST_IN_TEMPLATE = 1024;

  private static final Pattern SID = Pattern.compile("HX[0-9a-fA-F]{32}");
  private static final String NO_NUMBER =
      "the contact is not one of WhatsApp (expected: whatsapp: and a number such as +36301234567)";

  private final TwilioSender sender;
  private final ReplyWindow window;
  private final @Nullable String template;
  private final MessagesApi api;
  private final SentMessages sent;

  /**
   * @param sender a number that is registered with WhatsApp, or a messaging service that has one
   * @param template the SID of the content template ({@code HX…}) for messages that have none of
   *     their own, or nothing: then nobody gets them who has not written within a day
   */
  public TwilioWhatsApp(
      TwilioAccount account,
      TwilioSender sender,
      LastHeard lastHeard,
      @Nullable String template,
      Clock clock) {
    boolean none = template == null || template.isBlank();
    if (!none && !SID.matcher(template).matches()) {
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
    if (window.isOpenFor(to.get())) {
      String text = PlainText.of(message);
      Optional<String> problem = MessageText.problem(text);
      return problem.isPresent()
          ? new Rejected(problem.get())
          : api.create(creator(to.get(), message.id()).setBody(text), handOver);
    }
    Template used = template(message);
    if (used == null) {
      return new Rejected(
          "the person has not written for 24 hours, so WhatsApp takes only a template, and the"
              + " message names none (WhatsApp: HX…), nor is one set for all"
              + " (ripen.twilio.whatsapp.template)");
    }
    Optional<String> problem = problem(used);
    return problem.isPresent()
        ? new Rejected(problem.get())
        : byTemplate(used, to.get(), message.id(), handOver);
  }

  /** WhatsApp refuses line breaks and rows of blanks in a variable. */
  private @Nullable Template template(ShortMessage message) {
    Template own = message.template();
    if (own != null) {
      SortedMap<String, String> values = new TreeMap<>(own.values());
      values.replaceAll((name, value) -> SentMessages.plain(value));
      return new Template(own.id(), values);
    }
    return template == null
        ? null
        : new Template(
            template, new TreeMap<>(Map.of("1", SentMessages.plain(PlainText.of(message)))));
  }

  private static Optional<String> problem(Template used) {
    Optional<String> empty =
        used.values().entrySet().stream()
            .filter(each -> each.getValue().isEmpty())
            .map(each -> "variable %s of the template is empty".formatted(each.getKey()))
            .findFirst();
    int length = used.values().values().stream().mapToInt(String::length).sum();
    return empty.isPresent() || length <= LONGEST_IN_TEMPLATE
        ? empty
        : Optional.of(
            "the message has %d characters, and a template of WhatsApp %d at most: shorten it"
                .formatted(length, LONGEST_IN_TEMPLATE));
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    return contact(message)
        .map(to -> sent.find(to, ways(message), handedOver))
        .orElseGet(() -> new Finding.Unknown(NO_NUMBER, Duration.ZERO));
  }

  /**
   * Whether it went as text or by the template, nobody knows any more. What fills the template is
   * known, and not the words around it.
   */
  private static List<Collection<String>> ways(ShortMessage message) {
    Collection<String> text = List.of(PlainText.of(message));
    Template own = message.template();
    return own == null ? List.of(text) : List.of(text, own.values().values());
  }

  private SendResult byTemplate(Template used, String to, String id, HandOver handOver) {
    MessageCreator creator = creator(to, id).setContentSid(used.id());
    if (!used.values().isEmpty()) {
      creator.setContentVariables(JsonMapper.shared().writeValueAsString(used.values()));
    }
    return api.create(creator, handOver);
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
