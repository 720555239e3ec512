package io.ripen.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.ripen.channels.SettableClock;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twilio's Messages resource with one account, as published: it keeps what it is sent, refuses what
 * Twilio refuses with its words and codes, and lists page by page.
 */
final class TwilioServer implements AutoCloseable {

  static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
  static final String KEY = "SK" + "fedcba9876543210".repeat(2);
  static final String SECRET = "our-secret-Zq8xK2mN4vB7";
  static final String NUMBER = "+36301112222";
  static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PATH = "/2010-04-01/Accounts/%s/Messages.json".formatted(ACCOUNT);

  private final WireMockServer http =
      new WireMockServer(options().dynamicPort().extensions(new Messages()));
  private final SettableClock clock;

  /** By number: the code and the words by which it is refused, the number in them as {@code %s}. */
  private final Map<String, Fault> refused = new HashMap<>();

  private final List<ObjectNode> messages = new ArrayList<>();
  private final List<Form> sent = new ArrayList<>();
  private final Map<String, String> templates = new HashMap<>();
  private String prefix = "";
  private @Nullable Fault bornDead;

  private record Fault(int status, int code, String message) {}

  TwilioServer(SettableClock clock) {
    this.clock = clock;
    http.start();
    healthy();
  }

  TwilioAccount account() {
    return account(Duration.ofSeconds(10));
  }

  TwilioAccount account(Duration answerTimeout) {
    return at(http.baseUrl(), SECRET, answerTimeout);
  }

  static TwilioAccount at(String api, String secret, Duration answerTimeout) {
    return new TwilioAccount(
        ACCOUNT, KEY, secret, URI.create(api), Duration.ofSeconds(5), answerTimeout);
  }

  int port() {
    return http.port();
  }

  synchronized void refuses(String number, int status, int code, String message) {
    refused.put(number, new Fault(status, code, message));
  }

  /** Has a content template, whose variables stand in it as {@code {{1}}}. */
  synchronized void knows(String sid, String template) {
    templates.put(sid, template);
  }

  /** What Twilio puts before the text of a trial account. */
  synchronized void onTrial() {
    prefix = "Sent from your Twilio trial account - ";
  }

  synchronized void bornDead(int code) {
    bornDead = new Fault(0, code, "");
  }

  /** The parameters of what it took, in order. */
  synchronized List<Form> sent() {
    return List.copyOf(sent);
  }

  synchronized String sid(int index) {
    return messages.get(index).path("sid").asString();
  }

  /** From now on it tells what this one of its messages cost. */
  synchronized void bills(int index, String price, @Nullable String unit) {
    messages.get(index).put("price", price).put("price_unit", unit);
  }

  /** Something that others sent or that the person wrote. */
  synchronized void has(String direction, String to, String body, Instant created) {
    messages.add(message(direction, to, body, created));
  }

  int requests() {
    return http.getAllServeEvents().size();
  }

  List<String> urls() {
    return http.getAllServeEvents().stream().map(e -> e.getRequest().getUrl()).toList();
  }

  /** Answers everything so from now on, without doing anything. */
  void answering(ResponseDefinitionBuilder answer) {
    http.resetMappings();
    http.stubFor(any(anyUrl()).willReturn(answer));
  }

  void answering(int status, int code, String message) {
    answering(
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody(error(status, code, message)));
  }

  void healthy() {
    http.resetMappings();
    http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Messages.NAME)));
  }

  /** Does everything, and answers too late. */
  void slow(Duration delay) {
    http.resetMappings();
    http.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withTransformers(Messages.NAME)
                    .withFixedDelay(Math.toIntExact(delay.toMillis()))));
  }

  @Override
  public void close() {
    http.stop();
  }

  private synchronized Answer call(Request request) {
    String login =
        "Basic " + Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(UTF_8));
    if (!login.equals(request.getHeader("Authorization"))) {
      return Answer.error(401, 20003, "Authenticate");
    }
    int query = request.getUrl().indexOf('?');
    String path = query < 0 ? request.getUrl() : request.getUrl().substring(0, query);
    Optional<ObjectNode> one =
        messages.stream().filter(m -> path.equals(m.path("uri").asString())).findFirst();
    if (one.isPresent() && request.getMethod().getName().equals("GET")) {
      return new Answer(200, one.get().toString());
    }
    if (!path.equals(PATH)) {
      return Answer.error(404, 20404, "The requested resource " + path + " was not found");
    }
    return request.getMethod().getName().equals("POST")
        ? create(Form.read(request.getBodyAsString()).orElseThrow())
        : list(Form.read(query < 0 ? "" : request.getUrl().substring(query + 1)).orElseThrow());
  }

  private Answer create(Form form) {
    Optional<String> to = form.get("To");
    if (to.isEmpty()) {
      return Answer.error(400, 21604, "A 'To' phone number is required.");
    }
    if (!to.get().matches("(whatsapp:)?\\+[1-9]\\d{6,14}|messenger:\\d{5,20}")) {
      return Answer.error(400, 21211, "Invalid 'To' Phone Number: " + to.get());
    }
    if (form.get("From").isEmpty() && form.get("MessagingServiceSid").isEmpty()) {
      return Answer.error(
          400, 21603, "A 'From' or 'MessagingServiceSid' is required to send a message");
    }
    if (form.get("Body").isEmpty() && form.get("ContentSid").isEmpty()) {
      return Answer.error(400, 21602, "Message body is required.");
    }
    if (form.get("Body").orElse("").length() > 1600) {
      return Answer.error(
          400, 21617, "The concatenated message body exceeds the 1600 character limit");
    }
    String text = form.get("Body").orElse("");
    if (form.get("ContentSid").isPresent()) {
      String template = templates.get(form.get("ContentSid").get());
      if (template == null) {
        return Answer.error(400, 21655, "The ContentSid is Invalid");
      }
      JsonNode variables = JSON.readTree(form.get("ContentVariables").orElse("{}"));
      if (variables.valueStream().anyMatch(each -> each.asString("").isEmpty())) {
        return Answer.error(400, 21656, "The ContentVariables Parameter is invalid");
      }
      text = filled(template, variables);
    }
    Fault refusal = refused.get(to.get());
    if (refusal != null) {
      return Answer.error(refusal.status(), refusal.code(), refusal.message().formatted(to.get()));
    }
    ObjectNode message = message("outbound-api", to.get(), prefix + text, clock.instant());
    message.put("status", form.get("MessagingServiceSid").isPresent() ? "accepted" : "queued");
    if (bornDead != null) {
      message.put("status", "failed").put("error_code", bornDead.code());
    }
    messages.add(message);
    sent.add(form);
    return new Answer(201, message.toString());
  }

  private static String filled(String template, JsonNode variables) {
    String text = template;
    for (var variable : variables.properties()) {
      text = text.replace("{{" + variable.getKey() + "}}", variable.getValue().asString(""));
    }
    return text;
  }

  private Answer list(Form form) {
    int size = Integer.parseInt(form.get("PageSize").orElse("50"));
    int page = Integer.parseInt(form.get("Page").orElse("0"));
    List<ObjectNode> all =
        messages.reversed().stream()
            .filter(m -> form.get("To").map(m.path("to").asString()::equals).orElse(true))
            // As with Twilio, what is not sent yet has no day on which it was.
            .filter(m -> form.values().keySet().stream().noneMatch(k -> k.startsWith("DateSent")))
            .toList();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode records = answer.putArray("messages");
    all.stream().skip((long) page * size).limit(size).forEach(records::add);
    answer.put("page", page).put("page_size", size).put("start", page * size);
    answer.put("uri", PATH + "?Page=" + page).put("end", page * size + records.size());
    answer.put("first_page_uri", PATH + "?Page=0").putNull("previous_page_uri");
    if (all.size() > (page + 1) * size) {
      answer.put(
          "next_page_uri",
          "%s?To=%s&PageSize=%d&Page=%d&PageToken=PASM1"
              .formatted(
                  PATH, URLEncoder.encode(form.get("To").orElse(""), UTF_8), size, page + 1));
    } else {
      answer.putNull("next_page_uri");
    }
    return new Answer(200, answer.toString());
  }

  private ObjectNode message(String direction, String to, String body, Instant created) {
    String sid = "SM%032x".formatted(messages.size() + 1);
    String date = DATE.format(created.atOffset(ZoneOffset.UTC));
    ObjectNode message = JSON.createObjectNode();
    message.put("account_sid", ACCOUNT).put("api_version", "2010-04-01").put("body", body);
    message.put("date_created", date).put("date_updated", date).putNull("date_sent");
    message.put("direction", direction).putNull("error_code").putNull("error_message");
    message.put("from", NUMBER).put("to", to).putNull("messaging_service_sid");
    message.put("num_media", "0").put("num_segments", "1").putNull("price").putNull("price_unit");
    message.put("sid", sid).put("status", "queued");
    message.put("uri", PATH.replace(".json", "/" + sid + ".json"));
    message.putObject("subresource_uris").put("media", "/media.json");
    return message;
  }

  private static String error(int status, int code, String message) {
    return JSON.createObjectNode()
        .put("code", code)
        .put("message", message)
        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
        .put("status", status)
        .toString();
  }

  private record Answer(int status, String body) {
    static Answer error(int status, int code, String message) {
      return new Answer(status, TwilioServer.error(status, code, message));
    }
  }

  private final class Messages implements ResponseTransformerV2 {
    static final String NAME = "messages";

    @Override
    public Response transform(Response response, ServeEvent event) {
      Answer answer = call(event.getRequest());
      return Response.Builder.like(response)
          .but()
          .status(answer.status())
          .body(answer.body())
          .build();
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public String getName() {
      return NAME;
    }
  }
}
