package io.ripen.app.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A web server on a port of its own that hands out the tracker and any page, and takes events as
 * the real door does. It remembers each request.
 */
public final class EventsDoor implements AutoCloseable {

  /**
   * @param contentType what the browser said the body is
   * @param body the batch: writeKey, sentAt and the events
   */
  public record Request(String contentType, int size, JsonNode body) {

    List<JsonNode> events() {
      return StreamSupport.stream(body.path("batch").spliterator(), false).toList();
    }
  }

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> methods = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private volatile Predicate<JsonNode> refused = event -> false;

  public EventsDoor() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::page);
    server.createContext("/ripen.js", this::script);
    server.createContext("/v1/batch", this::events);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Serves this page, with the tracker in its head. */
  public void page(String path, String head, String body) {
    pages.put(
        path,
        "<!DOCTYPE html><html lang=en><title>"
            + path
            + "</title>"
            + head
            + "<body>"
            + body
            + "</body></html>");
  }

  /** What the door answers from now on. */
  public void answer(int status) {
    answer = status;
  }

  /** Events that the door answers with 400, and all that come with them. */
  public void refuse(Predicate<JsonNode> event) {
    refused = event;
  }

  /** The accepted requests. */
  public List<Request> requests() {
    return requests;
  }

  /** The methods of all requests for events, preflights among them. */
  public List<String> methods() {
    return methods;
  }

  /** The accepted events, as often as they came. */
  public List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    requests.forEach(request -> events.addAll(request.events()));
    return events;
  }

  /** The accepted track events of this name, each message id once. */
  public List<JsonNode> tracked(String name) {
    return distinct(event -> event.path("event").asString("").equals(name));
  }

  /** The accepted events of this type, each message id once. */
  public List<JsonNode> ofType(String type) {
    return distinct(event -> event.path("type").asString("").equals(type));
  }

  private List<JsonNode> distinct(Predicate<JsonNode> wanted) {
    Map<String, JsonNode> found = new java.util.LinkedHashMap<>();
    events().stream()
        .filter(wanted)
        .forEach(event -> found.putIfAbsent(event.path("messageId").asString(), event));
    return List.copyOf(found.values());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void page(HttpExchange exchange) throws IOException {
    String page = pages.get(exchange.getRequestURI().getPath());
    reply(exchange, page == null ? 404 : 200, "text/html", page == null ? "" : page);
  }

  private void script(HttpExchange exchange) throws IOException {
    try (InputStream script = EventsDoor.class.getResourceAsStream("/static/ripen.js")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      reply(exchange, 200, "text/javascript", text);
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    methods.add(exchange.getRequestMethod());
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    if (answer != 200) {
      reply(exchange, answer, "application/json", "{\"error\": \"for the test\"}");
      return;
    }
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    Request request = new Request(contentType, bytes.length, JSON.readTree(bytes));
    if (request.events().stream().anyMatch(refused)) {
      reply(exchange, 400, "application/json", "{\"error\": \"refused for the test\"}");
      return;
    }
    requests.add(request);
    reply(exchange, 200, "application/json", "{\"success\": true}");
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
