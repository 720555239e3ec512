package io.ripen.channels.telegram;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Telegram's servers with one bot, as the published Bot API describes them: chats with people,
 * updates that are told until they are confirmed, one webhook or one listener.
 */
final class TelegramServer implements AutoCloseable {

  static final String TOKEN = "42:AAHsecret-token_of-the-bot0123456789";

  private static final Pattern MARKUP = Pattern.compile("</?([a-zA-Z][^>\\s]*)[^>]*>");
  private static final Pattern BUTTON = Pattern.compile("https?://[^/?#]+\\.[^/?#]+.*");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final WireMockServer http =
      new WireMockServer(options().dynamicPort().extensions(new BotApi()));

  /** By chat: nothing, or why nobody can be written to there. */
  private final Map<Long, String> chats = new HashMap<>();

  private final List<JsonNode> sent = new ArrayList<>();
  private final TreeMap<Long, JsonNode> waiting = new TreeMap<>();
  private String webhook = "";
  private @Nullable String secret;
  private boolean othersPoll;
  private int messages = 1000;

  TelegramServer() {
    http.start();
    healthy();
  }

  TelegramBot bot() {
    return bot(Duration.ofSeconds(10));
  }

  TelegramBot bot(Duration answerTimeout) {
    return new TelegramBot(TOKEN, URI.create(http.baseUrl()), Duration.ofSeconds(5), answerTimeout);
  }

  int port() {
    return http.port();
  }

  /** A person who has started the bot. */
  synchronized TelegramServer person(long chat) {
    chats.put(chat, "");
    return this;
  }

  synchronized void refuses(long chat, String description) {
    chats.put(chat, description);
  }

  synchronized void tells(String update) {
    JsonNode node = JSON.readTree(update);
    waiting.put(node.path("update_id").asLong(), node);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized void othersPoll(boolean poll) {
    othersPoll = poll;
  }

  synchronized String webhook() {
    return webhook;
  }

  synchronized @Nullable String secret() {
    return secret;
  }

  /** What people see, in order. */
  synchronized List<JsonNode> sent() {
    return List.copyOf(sent);
  }

  int requests() {
    return http.getAllServeEvents().size();
  }

  /** The arguments of all requests, the latest first. */
  List<JsonNode> arguments() {
    return http.getAllServeEvents().stream()
        .map(e -> JSON.readTree(e.getRequest().getBodyAsString()))
        .toList();
  }

  /** Answers everything so from now on, without doing anything. */
  void answering(ResponseDefinitionBuilder answer) {
    http.resetMappings();
    http.stubFor(any(anyUrl()).willReturn(answer));
  }

  void answering(int code, String description, String parameters) {
    answering(
        aResponse()
            .withStatus(code)
            .withHeader("Content-Type", "application/json")
            .withBody(error(code, description, parameters)));
  }

  void healthy() {
    http.resetMappings();
    http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(BotApi.NAME)));
  }

  /** Does everything, and answers too late. */
  void slow(Duration delay) {
    http.resetMappings();
    http.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withTransformers(BotApi.NAME)
                    .withFixedDelay(Math.toIntExact(delay.toMillis()))));
  }

  @Override
  public void close() {
    http.stop();
  }

  private synchronized String call(String method, JsonNode arguments) {
    return switch (method) {
      case "sendMessage" -> sendMessage(arguments);
      case "getUpdates" -> getUpdates(arguments);
      case "setWebhook" -> setWebhook(arguments);
      case "deleteWebhook" -> {
        webhook = "";
        yield ok(JSON.getNodeFactory().booleanNode(true));
      }
      default -> error(404, "Not Found", null);
    };
  }

  private String sendMessage(JsonNode arguments) {
    long chat = arguments.path("chat_id").asLong();
    String refusal = chats.get(chat);
    if (refusal == null) {
      return error(400, "Bad Request: chat not found", null);
    }
    if (!refusal.isEmpty()) {
      return error(refusal.startsWith("Forbidden") ? 403 : 400, refusal, null);
    }
    String html = arguments.path("text").asString("");
    Matcher tag = MARKUP.matcher(html);
    while (tag.find()) {
      if (!tag.group(1).equals("b")) {
        return error(
            400,
            "Bad Request: can't parse entities: Unsupported start tag \"%s\" at byte offset %d"
                .formatted(tag.group(1), tag.start()),
            null);
      }
    }
    for (JsonNode row : arguments.at("/reply_markup/inline_keyboard").values()) {
      String url = row.path(0).path("url").asString("");
      if (!BUTTON.matcher(url).matches()) {
        return error(
            400,
            "Bad Request: inline keyboard button URL '%s' is invalid: Wrong HTTP URL"
                .formatted(url),
            null);
      }
    }
    String shown = unescaped(MARKUP.matcher(html).replaceAll(""));
    if (shown.isBlank()) {
      return error(400, "Bad Request: message text is empty", null);
    }
    if (shown.length() > 4096) {
      return error(400, "Bad Request: message is too long", null);
    }
    ObjectNode message = JSON.createObjectNode();
    message.put("message_id", ++messages).put("date", 1_772_359_200).put("text", shown);
    message.putObject("chat").put("id", chat).put("type", "private");
    message.putObject("from").put("id", 42).put("is_bot", true).put("first_name", "Shop");
    sent.add(message.deepCopy().set("asked", arguments));
    return ok(message);
  }

  private String getUpdates(JsonNode arguments) {
    if (!webhook.isEmpty()) {
      return error(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
              + " delete the webhook first",
          null);
    }
    if (othersPoll) {
      return error(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
              + " is running",
          null);
    }
    if (arguments.has("offset")) {
      waiting.headMap(arguments.path("offset").asLong()).clear();
    }
    ArrayNode result = JSON.createArrayNode();
    waiting.values().stream().limit(100).forEach(result::add);
    return ok(result);
  }

  private String setWebhook(JsonNode arguments) {
    webhook = arguments.path("url").asString("");
    secret = arguments.path("secret_token").asString("");
    return webhook.startsWith("https://")
        ? ok(JSON.getNodeFactory().booleanNode(true))
        : error(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", null);
  }

  private static String ok(JsonNode result) {
    ObjectNode answer = JSON.createObjectNode().put("ok", true);
    answer.set("result", result);
    return answer.toString();
  }

  private static String error(int code, String description, @Nullable String parameters) {
    ObjectNode answer = JSON.createObjectNode().put("ok", false);
    answer.put("error_code", code).put("description", description);
    if (parameters != null) {
      answer.set("parameters", JSON.readTree(parameters));
    }
    return answer.toString();
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private final class BotApi implements ResponseTransformerV2 {
    static final String NAME = "bot-api";

    @Override
    public Response transform(Response response, ServeEvent event) {
      String path = event.getRequest().getUrl();
      String prefix = "/bot" + TOKEN + "/";
      String body =
          path.startsWith(prefix)
              ? call(
                  path.substring(prefix.length()),
                  JSON.readTree(event.getRequest().getBodyAsString()))
              : error(401, "Unauthorized", null);
      int status = JSON.readTree(body).path("error_code").asInt(200);
      return Response.Builder.like(response).but().status(status).body(body).build();
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
