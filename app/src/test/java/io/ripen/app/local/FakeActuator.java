package io.ripen.app.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Zeebe's clock behind a door of ours that can be made to fail. */
final class FakeActuator implements AutoCloseable {

  /** What becomes of a step. */
  enum Step {
    TAKEN,
    TAKEN_WITHOUT_AN_ANSWER,
    LOST,
    REFUSED
  }

  private final HttpServer server;
  private final Queue<Step> steps = new ArrayDeque<>();
  private Duration offset = Duration.ZERO;
  private boolean silentNext;
  private boolean silent;

  FakeActuator() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/actuator/clock", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What becomes of the next steps, one after the other; those after them are taken. */
  synchronized void next(Step... outcomes) {
    steps.addAll(List.of(outcomes));
  }

  /** From when the next step has come in, until {@link #answerAgain}, nothing is answered. */
  synchronized void fallSilentAfterTheNextStep() {
    silentNext = true;
  }

  synchronized void answerAgain() {
    silent = false;
  }

  synchronized Duration offset() {
    return offset;
  }

  synchronized void moveBy(Duration step) {
    offset = offset.plus(step);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("GET")) {
      say(exchange, 200);
      return;
    }
    silent = silentNext;
    silentNext = false;
    Step step = steps.isEmpty() ? Step.TAKEN : steps.remove();
    if (step == Step.TAKEN || step == Step.TAKEN_WITHOUT_AN_ANSWER) {
      moveBy(Duration.ofMillis(Long.parseLong(body.replaceAll("\\D", ""))));
    }
    switch (step) {
      case TAKEN -> say(exchange, 200);
      case REFUSED -> say(exchange, 500);
      case LOST, TAKEN_WITHOUT_AN_ANSWER -> exchange.close();
    }
  }

  private void say(HttpExchange exchange, int status) throws IOException {
    if (silent) {
      exchange.close();
      return;
    }
    byte[] body =
        "{\"epochMilli\":%d}"
            .formatted(Instant.now().plus(offset).toEpochMilli())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
