package io.ripen.app.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A web server on a port of its own that hands out the tracker and any page, and takes events as
 * the real door does.
 */
final class EventsDoor extends ReceivedEvents implements AutoCloseable {

  /** One request to the door, whatever it was answered. */
  record Call(String method, String contentType, int size) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile int answer = 200;
  private volatile Predicate<JsonNode> refused = event -> false;

  EventsDoor() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::page);
    server.createContext("/ripen.js", this::script);
    server.createContext("/v1/batch", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Serves this page. */
  void page(String path, String head, String body) {
    String frame =
        "<!DOCTYPE html><html lang=en><head><title>%s</title>%s</head><body>%s</body></html>";
    pages.put(path, frame.formatted(path, head, body));
  }

  /** What the door answers from now on. */
  void answer(int status) {
    answer = status;
  }

  /** Such an event is not taken, and its batch answered with 400. */
  void refuse(Predicate<JsonNode> event) {
    refused = event;
  }

  /** Lets requests wait for their answer until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  List<Call> calls() {
    return calls;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void page(HttpExchange exchange) throws IOException {
    String page = pages.get(exchange.getRequestURI().getPath());
    reply(exchange, page == null ? 404 : 200, "text/html", page == null ? "nothing here" : page);
  }

  private void script(HttpExchange exchange) throws IOException {
    try (InputStream script = EventsDoor.class.getResourceAsStream("/static/ripen.js")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      reply(exchange, 200, "text/javascript", text);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    calls.add(new Call(exchange.getRequestMethod(), contentType, body.length));
    passGate();
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    if (answer != 200) {
      reply(exchange, answer, "application/json", "{\"error\": \"so the test wants it\"}");
      return;
    }
    ObjectNode batch = (ObjectNode) JSON.readTree(body);
    boolean bad = eventsOf(batch).anyMatch(refused);
    ((ArrayNode) batch.path("batch")).removeIf(refused);
    add(batch);
    reply(exchange, bad ? 400 : 200, "application/json", "{\"success\": %s}".formatted(!bad));
  }

  private void passGate() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
