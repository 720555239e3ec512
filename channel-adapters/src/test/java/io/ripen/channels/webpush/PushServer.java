package io.ripen.channels.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A push service as RFC 8030 and RFC 8292 describe it: it lets in who has the key that a browser
 * subscribed to, keeps the newest message of a topic, and forgets who went away.
 */
final class PushServer implements AutoCloseable {

  private static final int LARGEST = 4096;

  /** What it does with one subscription. */
  record Device(BrowserKeys browser, String publicKey, Map<String, String> waiting) {}

  /** A request as it came. */
  record Request(String path, Map<String, String> headers, byte[] body) {}

  private final HttpServer http;
  private final Map<String, Device> devices = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private int status;
  private String retryAfter = "";
  private boolean cuts;

  PushServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
  }

  String origin() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  synchronized Subscription subscribe(BrowserKeys browser, PushKeys keys) {
    String path = "/push/" + UUID.randomUUID();
    devices.put(path, new Device(browser, keys.publicKey(), new HashMap<>()));
    return browser.subscription(origin() + path);
  }

  synchronized void forget(Subscription subscription) {
    devices.remove(subscription.endpoint().getPath());
  }

  /** Answers so from now on, and keeps nothing. */
  synchronized void answers(int status, String retryAfter) {
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Takes messages from now on, and breaks off without an answer. */
  synchronized void cuts() {
    cuts = true;
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What the browser reads when it comes back. */
  synchronized List<JsonNode> waiting(Subscription subscription) {
    return devices.get(subscription.endpoint().getPath()).waiting().values().stream()
        .map(text -> JsonMapper.shared().readTree(text))
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    int answer = take(new Request(exchange.getRequestURI().getPath(), headers, body));
    if (answer == 0) {
      exchange.close();
      return;
    }
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.getResponseHeaders().set("Location", "http://localhost:1/elsewhere");
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private synchronized int take(Request request) {
    requests.add(request);
    if (status != 0) {
      return status;
    }
    Device device = devices.get(request.path());
    if (device == null) {
      return 410;
    }
    if (request.body().length > LARGEST) {
      return 413;
    }
    if (!"aes128gcm".equals(request.headers().get("Content-encoding"))
        || !request.headers().containsKey("Ttl")) {
      return 400;
    }
    if (!knows(device, request.headers().getOrDefault("Authorization", ""))) {
      return 403;
    }
    device.waiting().put(request.headers().get("Topic"), device.browser().read(request.body()));
    return cuts ? 0 : 201;
  }

  private boolean knows(Device device, String authorization) {
    String[] parts = authorization.replaceFirst("^vapid t=", "").split(", ?k=");
    if (parts.length != 2 || !parts[1].equals(device.publicKey())) {
      return false;
    }
    String[] token = parts[0].split("\\.");
    JsonNode claims = JsonMapper.shared().readTree(BrowserKeys.bytes(token[1]));
    long left = claims.path("exp").asLong() - Instant.now().getEpochSecond();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(BrowserKeys.point(BrowserKeys.bytes(parts[1])));
      signature.update((token[0] + "." + token[1]).getBytes(US_ASCII));
      return signature.verify(BrowserKeys.bytes(token[2]))
          && claims.path("aud").asString("").equals(origin())
          && claims.path("sub").asString("").startsWith("mailto:")
          && left > 0
          && left <= 24 * 60 * 60;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
