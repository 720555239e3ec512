package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twilio as far as text messages go: takes them by its API and lists them, and tells by its webhook
 * what became of them and what people answer, signed as it publishes.
 */
final class Twilio {

  private static final Twilio HERE = new Twilio();
  private static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
  private static final String TOKEN = "auth-token-of-the-tests";
  private static final String NUMBER = "+36301112222";
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int NO_NUMBER = 21211;
  private static final int UNAVAILABLE = 503;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final int port;
  private final Map<String, List<String>> texts = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Mishap> mishaps = new HashMap<>();
  private final Set<String> untold = new HashSet<>();
  private final List<ObjectNode> listed = new ArrayList<>();
  private final Map<String, String> callbacks = new HashMap<>();
  private final Map<String, Integer> lost = new HashMap<>();
  private Duration ahead = Duration.ZERO;
  private int messages;

  /** What befalls a message on its way. */
  enum Mishap {
    /** Twilio takes it, and the connection breaks before it has said so. */
    ANSWER_CUT,
    /** The connection breaks, and Twilio does not have it. */
    MESSAGE_LOST
  }

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
        "--ripen.twilio.help=Write STOP to end it.",
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

  /** From now on this befalls what goes to the number; null for nothing. */
  synchronized void befalls(String phone, @Nullable Mishap mishap) {
    mishaps.put(phone, mishap);
  }

  /** How many messages to the number were lost. */
  synchronized int lostTo(String phone) {
    return lost.getOrDefault(phone, 0);
  }

  /** From now on nobody is told what went to the number. */
  synchronized void listsNothingTo(String phone) {
    untold.add(phone);
  }

  /** Its clock goes as that of a Ripen whose time is moved. */
  synchronized void timePasses(Duration step) {
    ahead = ahead.plus(step);
  }

  /** The SID of what went to a number last. */
  synchronized String sidOfTextTo(String phone) {
    return lastTo(phone).path("sid").asString();
  }

  /**
   * Tells what became of what went to a number last, by the address that came with it.
   *
   * @param more what comes with the status, such as {@code ErrorCode}
   * @param token what it signs with
   * @return the status of the answer
   */
  synchronized int reports(
      Http ripen, String phone, String status, Map<String, String> more, String token) {
    Map<String, String> form = new TreeMap<>(more);
    form.put("AccountSid", ACCOUNT);
    form.put("ApiVersion", "2010-04-01");
    form.put("MessageSid", sidOfTextTo(phone));
    form.put("MessageStatus", status);
    form.put("SmsSid", sidOfTextTo(phone));
    form.put("SmsStatus", status);
    form.put("From", NUMBER);
    form.put("To", phone);
    URI callback = URI.create(callbacks.get(phone));
    return post(
            ripen,
            callback.getRawPath() + "?" + callback.getRawQuery(),
            form,
            signature(callback.toString().replaceFirst("#.*", ""), form, token))
        .statusCode();
  }

  /** The same, in its own name. */
  void reports(Http ripen, String phone, String status, Map<String, String> more) {
    int answer = reports(ripen, phone, status, more, TOKEN);
    if (answer != 200) {
      throw new AssertionError("the report was answered by " + answer);
    }
  }

  private ObjectNode lastTo(String phone) {
    return listed.stream()
        .filter(each -> each.path("to").asString().equals(phone))
        .reduce((one, next) -> next)
        .orElseThrow(() -> new AssertionError("nothing went to " + phone));
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
    HttpResponse<String> answer = post(ripen, address, form, signature(address, form, TOKEN));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
  }

  private static HttpResponse<String> post(
      Http ripen, String address, Map<String, String> form, String signature) {
    return ripen.post(
        address,
        "application/x-www-form-urlencoded",
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&")),
        Map.of("X-Twilio-Signature", signature));
  }

  private static String signature(String address, Map<String, String> form, String token) {
    StringBuilder signed = new StringBuilder(address);
    form.forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean asks = exchange.getRequestMethod().equals("GET");
      Map<String, String> form =
          form(
              asks
                  ? exchange.getRequestURI().getRawQuery()
                  : new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Optional<Answer> answer = asks ? Optional.of(list(form.get("To"))) : answer(form);
      if (answer.isPresent()) {
        byte[] bytes = answer.get().body().toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.get().status(), bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static Map<String, String> form(String fields) {
    Map<String, String> form = new HashMap<>();
    for (String field : fields.split("&")) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  private record Answer(int status, ObjectNode body) {}

  private synchronized Answer list(String to) {
    if (untold.contains(to)) {
      return new Answer(UNAVAILABLE, JsonMapper.shared().createObjectNode().put("code", 20503));
    }
    ObjectNode page = JsonMapper.shared().createObjectNode();
    ArrayNode records = page.putArray("messages");
    listed.reversed().stream()
        .filter(each -> each.path("to").asString().equals(to))
        .forEach(records::add);
    page.put("page", 0).put("page_size", 200).put("start", 0).put("end", records.size());
    page.put("uri", "/Messages.json").put("first_page_uri", "/Messages.json?Page=0");
    page.putNull("previous_page_uri").putNull("next_page_uri");
    return new Answer(OK, page);
  }

  /** Nothing, where the connection breaks. */
  private synchronized Optional<Answer> answer(Map<String, String> form) {
    Mishap mishap = mishaps.get(form.get("To"));
    if (mishap == Mishap.MESSAGE_LOST) {
      lost.merge(form.get("To"), 1, Integer::sum);
      return Optional.empty();
    }
    ObjectNode answer = answer(form.get("To"), form.get("Body"));
    if (form.containsKey("StatusCallback")) {
      callbacks.put(form.get("To"), form.get("StatusCallback"));
    }
    return mishap == Mishap.ANSWER_CUT
        ? Optional.empty()
        : Optional.of(new Answer(answer.has("code") ? BAD_REQUEST : CREATED, answer));
  }

  private ObjectNode answer(String to, String body) {
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
    ObjectNode message = JsonMapper.shared().createObjectNode();
    listed.add(message);
    return message
        .put("account_sid", ACCOUNT)
        .put("sid", "SM%032x".formatted(++messages))
        .put("status", "queued")
        .put("direction", "outbound-api")
        .put("from", NUMBER)
        .put("to", to)
        .put("body", body)
        .put("date_created", DATE.format(Instant.now().plus(ahead).atOffset(ZoneOffset.UTC)))
        .put("num_segments", "1");
  }
}
