package io.ripen.app.imports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A door that counts each message id once, as the engine does, and opens as the test says. */
final class FakeEngine implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, JsonNode> events = new LinkedHashMap<>();
  final AtomicInteger batches = new AtomicInteger();
  private volatile Predicate<JsonNode> refused = event -> false;
  private volatile int opensFor = Integer.MAX_VALUE;
  private volatile int closed = 503;

  FakeEngine() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/batch", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Such an event is not taken, and its batch answered with 400. */
  void refuse(Predicate<JsonNode> event) {
    refused = event;
  }

  /** After so many batches from now on, all others are answered with this status. */
  void opensFor(int more, int status) {
    opensFor = batches.get() + more;
    closed = status;
  }

  /** In the order in which they came first. */
  synchronized List<JsonNode> events(String name) {
    return events.values().stream()
        .filter(event -> event.path("event").asString("").equals(name))
        .toList();
  }

  synchronized List<String> emails() {
    return events("Lead Imported").stream()
        .map(event -> event.path("context").path("traits").path("email").asString(""))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    if (batches.getAndIncrement() >= opensFor) {
      answer(exchange, closed, "{\"message\": \"closed\"}");
      return;
    }
    boolean bad = false;
    for (JsonNode event : (Iterable<JsonNode>) () -> stream(body).iterator()) {
      if (refused.test(event)) {
        bad = true;
      } else {
        events.putIfAbsent(event.path("messageId").asString(""), event);
      }
    }
    answer(exchange, bad ? 400 : 200, "{\"message\": \"so the test wants it\"}");
  }

  private static Stream<JsonNode> stream(JsonNode body) {
    return body.path("batch").valueStream();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
