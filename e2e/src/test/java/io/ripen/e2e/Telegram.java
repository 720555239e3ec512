package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Telegram as far as one bot goes that asks what is new: takes its messages, and tells what people
 * write until that is confirmed.
 */
final class Telegram {

  private static final String TOKEN = "42:" + "t".repeat(35);
  private static final long LONGEST_POLL_MILLIS = 1000;

  private final int port = Played.by(this::take);
  private final Map<Long, List<String>> texts = new HashMap<>();
  private final Map<Long, String> refusals = new HashMap<>();
  private final TreeMap<Long, ObjectNode> updates = new TreeMap<>();
  private long numbers = 1000;

  /** What makes Ripen send by it. */
  List<String> options() {
    return List.of(
        "--ripen.telegram.token=" + TOKEN,
        "--ripen.telegram.bot=ripen_bot",
        "--ripen.telegram.api=http://127.0.0.1:" + port);
  }

  /** The messages in a chat, oldest first. */
  synchronized List<String> textsIn(long chat) {
    return List.copyOf(texts.getOrDefault(chat, List.of()));
  }

  /** From now on a message there is refused as a bad request, in these words. */
  synchronized void refuses(long chat, String why) {
    refusals.put(chat, why);
  }

  /** Somebody writes to the bot. */
  synchronized void hears(long chat, String firstName, String lastName, String text) {
    ObjectNode update = JsonMapper.shared().createObjectNode().put("update_id", ++numbers);
    ObjectNode message = update.putObject("message");
    message.put("message_id", ++numbers).put("text", text);
    message.put("date", System.currentTimeMillis() / 1000);
    message
        .putObject("from")
        .put("id", chat)
        .put("is_bot", false)
        .put("first_name", firstName)
        .put("last_name", lastName)
        .put("username", firstName + "_" + lastName);
    message
        .putObject("chat")
        .put("id", chat)
        .put("type", "private")
        .put("first_name", firstName)
        .put("last_name", lastName);
    updates.put(update.path("update_id").asLong(), update);
    notifyAll();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      JsonNode arguments = JsonMapper.shared().readTree(body.isBlank() ? "{}" : body);
      ObjectNode answer =
          switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "sendMessage" -> sent(arguments);
            case "getUpdates" -> told(arguments.path("offset").asLong(0));
            default -> done().put("result", true);
          };
      byte[] bytes = answer.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.path("error_code").asInt(200), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized ObjectNode sent(JsonNode arguments) {
    long chat = arguments.path("chat_id").asLong();
    String refusal = refusals.get(chat);
    if (refusal != null) {
      return JsonMapper.shared()
          .createObjectNode()
          .put("ok", false)
          .put("error_code", 400)
          .put("description", refusal);
    }
    String text = arguments.path("text").asString();
    texts.computeIfAbsent(chat, any -> new ArrayList<>()).add(text);
    ObjectNode answer = done();
    answer.putObject("result").put("message_id", ++numbers).put("text", text);
    return answer;
  }

  private synchronized ObjectNode told(long offset) {
    updates.headMap(offset).clear();
    long end = System.nanoTime() + LONGEST_POLL_MILLIS * 1_000_000;
    try {
      for (long left = LONGEST_POLL_MILLIS; updates.isEmpty() && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ObjectNode answer = done();
    ArrayNode result = answer.putArray("result");
    updates.values().forEach(result::add);
    return answer;
  }

  private static ObjectNode done() {
    return JsonMapper.shared().createObjectNode().put("ok", true);
  }
}
