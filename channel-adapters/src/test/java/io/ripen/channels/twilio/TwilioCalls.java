package io.ripen.channels.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Webhook.Request;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls as Twilio makes them, signed as it publishes: not by the SDK, which checks them. */
final class TwilioCalls {

  static final String TOKEN = "auth-token-7d2Kq9XwPz";
  static final String URL =
      "https://ripen.example/hooks/channels/twilio?message=17.0198c9a0-0000-7000-8000-000000000001";
  static final String SID = "SM" + "0123456789abcdef".repeat(2);

  private TwilioCalls() {}

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String signature(String token, String url, Map<String, String> parameters) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Request request(String url, String body, String signature) {
    return new Request(
        "POST",
        url,
        Map.of(
            "x-twilio-signature",
            List.of(signature),
            "content-type",
            List.of("application/x-www-form-urlencoded; charset=UTF-8")),
        body);
  }

  static Request signed(String url, Map<String, String> parameters) {
    return request(url, form(parameters), signature(TOKEN, url, parameters));
  }

  static Request signed(Map<String, String> parameters) {
    return signed(URL, parameters);
  }

  /** As of a message that went out. */
  static Map<String, String> status(String status, String... more) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("SmsSid", SID);
    parameters.put("SmsStatus", status);
    parameters.put("MessageStatus", status);
    parameters.put("To", "+36301234567");
    parameters.put("MessageSid", SID);
    parameters.put("AccountSid", TwilioServer.ACCOUNT);
    parameters.put("From", TwilioServer.NUMBER);
    parameters.put("ApiVersion", "2010-04-01");
    add(parameters, more);
    return parameters;
  }

  /** As of a message that a person wrote. */
  static Map<String, String> said(String from, String text, String... more) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("ToCountry", "HU");
    parameters.put("SmsMessageSid", SID);
    parameters.put("NumMedia", "0");
    parameters.put("SmsSid", SID);
    parameters.put("SmsStatus", "received");
    parameters.put("Body", text);
    parameters.put("To", TwilioServer.NUMBER);
    parameters.put("NumSegments", "1");
    parameters.put("MessageSid", SID);
    parameters.put("AccountSid", TwilioServer.ACCOUNT);
    parameters.put("From", from);
    parameters.put("ApiVersion", "2010-04-01");
    add(parameters, more);
    return parameters;
  }

  private static void add(Map<String, String> parameters, String... more) {
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
