package io.ripen.engine.providers;

import io.ripen.channels.twilio.TwilioAccount;
import io.ripen.channels.twilio.TwilioSender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An account at Twilio.
 *
 * @param accountSid begins with {@code AC}
 * @param apiKey begins with {@code SK}; without one, {@code authToken} is what we show
 * @param secret of the API key
 * @param authToken the account's; by it Twilio signs what it tells us, whatever the API key
 * @param formerAuthToken the one before, while you change it
 * @param sms who text messages come from; no text messages without it
 * @param whatsapp who WhatsApp messages come from; none without it
 * @param facebook the page that messages in Facebook Messenger come from; none without it
 * @param help what who writes HELP is told, where Twilio does not answer itself
 * @param messagesPerSecond what this process may send at most, by each of the three
 * @param api where Twilio is
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long an answer may take; one that is missed leaves the outcome unknown
 */
@ConfigurationProperties("ripen.twilio")
record TwilioProperties(
    @Nullable String accountSid,
    @Nullable String apiKey,
    @Nullable String secret,
    @Nullable String authToken,
    @Nullable String formerAuthToken,
    @DefaultValue Sender sms,
    @DefaultValue Sender whatsapp,
    @DefaultValue Page facebook,
    @DefaultValue("") String help,
    @DefaultValue("10") int messagesPerSecond,
    @DefaultValue("https://api.twilio.com") URI api,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration answerTimeout) {

  /**
   * Who messages come from.
   *
   * @param from a number such as {@code +36301234567}, a short code, a name, or a messaging service
   *     ({@code MG…})
   * @param template for WhatsApp, the content template ({@code HX…}) for who has not written within
   *     a day; its variable 1 is the text
   */
  record Sender(@Nullable String from, @Nullable String template) {}

  /**
   * Who messages in Facebook Messenger come from.
   *
   * @param from the id of a page that is connected to Twilio, or a messaging service ({@code MG…})
   */
  record Page(@Nullable String from) {}

  /**
   * The account.
   *
   * @throws IllegalArgumentException when something is missing or wrong, without the secret
   */
  TwilioAccount account() {
    boolean hasKey = apiKey != null && !apiKey.isBlank();
    return new TwilioAccount(
        required("account-sid", accountSid),
        hasKey ? apiKey : null,
        hasKey ? required("secret", secret) : required("auth-token", authToken),
        api,
        connectTimeout,
        answerTimeout);
  }

  /**
   * What Twilio signs with.
   *
   * @throws IllegalArgumentException when it is missing
   */
  List<String> authTokens() {
    return Stream.of(
            required("auth-token", authToken), Objects.requireNonNullElse(formerAuthToken, ""))
        .filter(token -> !token.isBlank())
        .toList();
  }

  /** Who sends, and where Twilio tells what becomes of it: nowhere, where it cannot reach us. */
  TwilioSender sender(Sender sender, String baseUrl) {
    return new TwilioSender(
        required("sms.from or whatsapp.from", sender.from()), callback(baseUrl));
  }

  /** The Facebook page as a sender, in the way of {@link #sender}. */
  TwilioSender page(String baseUrl) {
    String from = required("facebook.from", facebook.from());
    return new TwilioSender(
        from.chars().allMatch(Character::isDigit) ? "messenger:" + from : from, callback(baseUrl));
  }

  private static @Nullable URI callback(String baseUrl) {
    return baseUrl.startsWith("https://")
        ? URI.create(baseUrl + "/hooks/channels/twilio#rc=5&rp=all")
        : null;
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "ripen.twilio.%s is not set (expected: as Twilio's console shows it)".formatted(name));
    }
    return value.strip();
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "TwilioProperties[%s, %s]".formatted(accountSid, api);
  }
}
