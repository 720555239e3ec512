package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twilio as far as text messages go: takes them by its API, and tells what people answer by its
 * webhook, signed as it publishes.
 */
final class Twilio {

  private static final Twilio HERE = new Twilio();
  private static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
  private static final String TOKEN = "auth-token-of-the-tests";
  private static final String NUMBER = "+36301112222";
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int NO_NUMBER = 21211;
  private static final int NOT_FOUND = 404;

  private final int port;
  private final Map<String, List<String>> texts = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private int messages;

  private Twilio() {
    port = Played.by(this::take);
  }

  static Twilio here() {
    return HERE;
  }

  /** What makes Ripen send by it. */
  List<String> options() {
    return List.of(
        "--ripen.twilio.account-sid=" + ACCOUNT,
        "--ripen.twilio.auth-token=" + TOKEN,
        "--ripen.twilio.sms.from=" + NUMBER,
        "--ripen.twilio.api=http://127.0.0.1:" + port);
  }

  /** The texts that went to a number, oldest first. */
  synchronized List<String> textsTo(String phone) {
    return List.copyOf(texts.getOrDefault(phone, List.of()));
  }

  /** From now on this is no number, which is said with it. */
  synchronized void refuses(String phone) {
    refused.add(phone);
  }

  /** Somebody writes to our number. */
  synchronized void hears(Http ripen, String from, String text) {
    Map<String, String> form = new TreeMap<>();
    form.put("AccountSid", ACCOUNT);
    form.put("MessageSid", "SM%032x".formatted(0x10000 + messages++));
    form.put("From", from);
    form.put("To", NUMBER);
    form.put("Body", text);
    String address = ripen.uri("/hooks/channels/twilio").toString();
    HttpResponse<String> answer =
        ripen.post(
            address,
            "application/x-www-form-urlencoded",
            form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&")),
            Map.of("X-Twilio-Signature", signature(address, form)));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
  }

  private static String signature(String address, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(address);
    form.forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      Map<String, String> form = new HashMap<>();
      for (String field : new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&")) {
        String[] parts = field.split("=", 2);
        form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
      }
      ObjectNode answer = answer(form.get("To"), form.get("Body"));
      byte[] bytes = answer.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.has("code") ? BAD_REQUEST : CREATED, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized ObjectNode answer(String to, String body) {
    return refused.contains(to)
        ? JsonMapper.shared()
            .createObjectNode()
            .put("code", NO_NUMBER)
            .put("message", "The 'To' number %s is not a valid phone number.".formatted(to))
            .put("status", BAD_REQUEST)
        : taken(to, body);
  }

  private ObjectNode taken(String to, String body) {
    texts.computeIfAbsent(to, any -> new ArrayList<>()).add(body);
    return JsonMapper.shared()
        .createObjectNode()
        .put("account_sid", ACCOUNT)
        .put("sid", "SM%032x".formatted(++messages))
        .put("status", "queued")
        .put("direction", "outbound-api")
        .put("from", NUMBER)
        .put("to", to)
        .put("body", body)
        .put("num_segments", "1");
  }
}
