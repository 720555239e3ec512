package io.ripen.channels.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.twilio.security.RequestValidator;
import io.ripen.channels.Webhook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hears from Twilio, by its signature: what became of text messages and of those in messengers, and
 * what people write back.
 */
public final class TwilioWebhook implements Webhook {

  private static final String SIGNATURE = "X-Twilio-Signature";
  private static final int LARGEST = 64 * 1024;
  private static final String XML = "text/xml";
  private static final Pattern SID = Pattern.compile("[A-Z]{2}[0-9a-fA-F]{32}");

  private final List<RequestValidator> validators;
  private final String help;
  private final Clock clock;

  /**
   * @param authTokens the account's auth token, by which Twilio signs, whatever the API key; two
   *     while you change it
   * @param help what who writes HELP is told; empty where Twilio tells them, or a person does
   */
  public TwilioWebhook(List<String> authTokens, String help, Clock clock) {
    if (authTokens.isEmpty() || authTokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "Twilio's auth token is empty (expected: the account's, which signs what Twilio tells us)");
    }
    this.validators = authTokens.stream().map(RequestValidator::new).toList();
    this.help = help.isBlank() ? Twiml.NOTHING : Twiml.saying(help);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "twilio";
  }

  @Override
  public Answer receive(Request request) {
    if (!request.method().equals("POST")) {
      return new Answer.Refused(405, "set Twilio to call us by POST");
    }
    if (request.body().length() > LARGEST || request.body().getBytes(UTF_8).length > LARGEST) {
      return new Answer.Refused(413, "what Twilio tells is larger than 64 KB");
    }
    Optional<Form> form = isForm(request) ? Form.read(request.body()) : Optional.empty();
    if (form.isEmpty()) {
      return new Answer.Refused(400, "this is no form, as Twilio sends them");
    }
    return isTwilios(request, form.get())
        ? read(request, form.get())
        : new Answer.Refused(
            403,
            "the signature is not Twilio's for this address: are the auth token and"
                + " ripen.public-url right?");
  }

  private Answer read(Request request, Form form) {
    Optional<String> sid = form.get("MessageSid").filter(s -> SID.matcher(s).matches());
    if (sid.isEmpty()) {
      return new Answer.Taken(List.of(), XML, Twiml.NOTHING);
    }
    Instant now = clock.instant();
    if (form.get("MessageStatus").isPresent()) {
      return new Answer.Taken(
          new StatusReport(form, sid.get(), messageId(request.url()), now).read(),
          XML,
          Twiml.NOTHING);
    }
    return form.get("From")
        .map(from -> new IncomingMessage(form, sid.get(), from, now, !help.equals(Twiml.NOTHING)))
        .map(
            message ->
                new Answer.Taken(
                    message.read(), XML, message.isCallForHelp() ? help : Twiml.NOTHING))
        .orElseGet(() -> new Answer.Taken(List.of(), XML, Twiml.NOTHING));
  }

  private boolean isTwilios(Request request, Form form) {
    return request
        .header(SIGNATURE)
        .filter(
            signature ->
                validators.stream()
                    .anyMatch(v -> v.validate(request.url(), form.values(), signature)))
        .isPresent();
  }

  /** As {@link TwilioSender#statusCallback(String)} put it there; it is part of what is signed. */
  private static @Nullable String messageId(String url) {
    int query = url.indexOf('?');
    return query < 0
        ? null
        : Form.read(url.substring(query + 1))
            .flatMap(parameters -> parameters.get(TwilioSender.MESSAGE))
            .orElse(null);
  }

  private static boolean isForm(Request request) {
    return request
        .header("Content-Type")
        .filter(
            type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
        .isPresent();
  }
}
