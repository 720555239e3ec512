package io.ripen.channels.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our account at Twilio, and how to reach it.
 *
 * @param sid begins with {@code AC}
 * @param apiKey begins with {@code SK}; null where {@code secret} is the account's auth token
 * @param secret of the API key, or the auth token: whoever knows it is us
 * @param api where Twilio's API is: its own address, that of one of its regions, or a test server
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long Twilio may take to answer; an answer that is missed leaves the
 *     outcome unknown, so be generous
 */
public record TwilioAccount(
    String sid,
    @Nullable String apiKey,
    String secret,
    URI api,
    Duration connectTimeout,
    Duration answerTimeout) {

  private static final URI TWILIO = URI.create("https://api.twilio.com");
  private static final Pattern SID = Pattern.compile("AC[0-9a-fA-F]{32}");
  private static final Pattern KEY = Pattern.compile("SK[0-9a-fA-F]{32}");

  /** What is wrong is not shown: it may be a secret in the wrong place. */
  public TwilioAccount {
    if (!SID.matcher(sid).matches()) {
      throw new IllegalArgumentException(
          "the SID of the Twilio account does not look like one (expected: AC and 32 digits or"
              + " letters a to f)");
    }
    if (apiKey != null && !KEY.matcher(apiKey).matches()) {
      throw new IllegalArgumentException(
          "the SID of Twilio's API key does not look like one (expected: SK and 32 digits or"
              + " letters a to f)");
    }
    if (secret.isBlank()) {
      throw new IllegalArgumentException(
          "Twilio's secret is empty (expected: the API key's secret, or the auth token)");
    }
    if (!("https".equals(api.getScheme()) || "http".equals(api.getScheme()))
        || api.getHost() == null
        || api.getRawUserInfo() != null
        || api.getRawQuery() != null
        || api.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of Twilio's API cannot be used (expected: one such as %s)"
              .formatted(TWILIO));
    }
  }

  /** By an API key, at Twilio's own address. */
  public static TwilioAccount withApiKey(String sid, String apiKey, String secret) {
    return new TwilioAccount(
        sid, apiKey, secret, TWILIO, Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** By the auth token, at Twilio's own address. */
  public static TwilioAccount withAuthToken(String sid, String authToken) {
    return new TwilioAccount(
        sid, null, authToken, TWILIO, Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  String user() {
    return apiKey == null ? sid : apiKey;
  }

  URI url(String pathAndQuery) {
    String base = api.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "TwilioAccount[%s, %s]".formatted(sid, api);
  }
}
