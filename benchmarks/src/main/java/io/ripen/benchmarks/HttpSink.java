package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All providers that are told by HTTP: takes everything, and answers as each of them does. Under
 * {@code /control} one asks what it and the mail server beside it have taken.
 */
final class HttpSink {

  private static final byte[] NOTHING = {};

  private final SmtpSink mails;
  private final HttpServer server;
  private final AtomicInteger posts = new AtomicInteger();
  private final AtomicReference<byte[]> sample = new AtomicReference<>(NOTHING);
  private volatile Duration thinks = Duration.ZERO;

  HttpSink(SmtpSink mails) throws IOException {
    this.mails = mails;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    server.createContext(
        "/2010-04-01/",
        exchange -> {
          String account = exchange.getRequestURI().getPath().split("/", 0)[3];
          take(exchange, 201, number -> message(account, number));
        });
    server.createContext(
        "/bot",
        exchange ->
            take(
                exchange,
                200,
                number -> "{\"ok\":true,\"result\":{\"message_id\":%d}}".formatted(number)));
    server.createContext("/push/", exchange -> take(exchange, 201, number -> ""));
    server.createContext("/webhook", exchange -> take(exchange, 200, number -> ""));
    server.createContext("/control/", this::control);
    server.start();
  }

  private static String message(String account, int number) {
    return """
        {"account_sid":"%s","api_version":"2010-04-01","body":"","date_created":null,\
        "date_updated":null,"date_sent":null,"direction":"outbound-api","error_code":null,\
        "error_message":null,"from":null,"to":null,"messaging_service_sid":null,"num_media":"0",\
        "num_segments":"1","price":null,"price_unit":null,"sid":"SM%032x","status":"queued",\
        "uri":"/2010-04-01/Messages.json","subresource_uris":{}}"""
        .formatted(account, number);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What is answered. */
  @FunctionalInterface
  private interface Answer {
    String of(int number);
  }

  private void take(HttpExchange exchange, int status, Answer answer) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    sample.compareAndSet(NOTHING, body);
    think();
    answer(exchange, status, answer.of(posts.incrementAndGet()));
  }

  private void think() throws IOException {
    if (thinks.isZero()) {
      return;
    }
    try {
      Thread.sleep(thinks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ended while it was thinking", e);
    }
  }

  private void control(HttpExchange exchange) throws IOException {
    String[] words = exchange.getRequestURI().getPath().split("/", 0);
    switch (words[2]) {
      case "clear" -> {
        mails.clear();
        posts.set(0);
        sample.set(NOTHING);
        thinks = Duration.ofMillis(Long.parseLong(words[3]));
        mails.thinks(thinks);
        answer(exchange, 200, "");
      }
      case "taken" -> answer(exchange, 200, Integer.toString(mails.mails() + posts.get()));
      case "mail" -> answer(exchange, 200, mails.sample());
      case "post" -> answer(exchange, 200, Objects.requireNonNull(sample.get()));
      default -> answer(exchange, 404, "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, text.getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
