package io.ripen.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command, with an engine that answers what the test says. */
class ScoreCommandTest {

  private static final String RUN =
      """
      {"id": 1, "state": "%s", "leads": 1200, "leadsDone": %d, "leadsChanged": 7,
       "entriesAdded": 1, "entriesChanged": 2, "entriesRemoved": 3, "problem": %s}
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Deque<String> answers = new ArrayDeque<>();
  private int status = 200;
  private HttpServer engine;

  @BeforeEach
  void start() throws IOException {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext("/api/score/recompute", this::answer);
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.stop(0);
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void it_looks_on_until_the_end_and_tells_the_counts() {
    answers.addAll(
        List.of(
            RUN.formatted("running", 0, "null"),
            RUN.formatted("running", 600, "null"),
            RUN.formatted("done", 1200, "null")));
    assertThat(recompute(url())).isZero();
    assertThat(printed())
        .contains("recomputed 1,200 leads, 7 of them changed")
        .contains("1 added, 2 changed, 3 removed");
    assertThat(answers).isEmpty();
  }

  @Test
  void an_engine_that_failed_is_told_with_its_reason() {
    answers.addAll(
        List.of(
            RUN.formatted("running", 0, "null"), RUN.formatted("failed", 600, "\"disk is full\"")));
    assertThat(recompute(url())).isEqualTo(1);
    assertThat(printed()).contains("after 600 of 1,200 leads: disk is full");
  }

  @Test
  void without_an_engine_it_says_what_to_do() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(recompute("http://127.0.0.1:" + free)).isEqualTo(1);
    assertThat(printed())
        .contains("no engine at http://127.0.0.1:" + free, "./ripen server local")
        .doesNotContain("\tat ");
  }

  @Test
  void a_password_that_is_missing_is_asked_for() {
    status = 401;
    answers.add("no");
    assertThat(recompute(url())).isEqualTo(1);
    assertThat(printed()).contains("--password", "RIPEN_CONSOLE_PASSWORD").doesNotContain("\tat ");
  }

  @Test
  void a_refusal_is_told_in_the_engines_words() {
    status = 409;
    answers.add("{\"detail\": \"not today\"}");
    assertThat(recompute(url())).isEqualTo(1);
    assertThat(printed()).contains("answered 409: not today");
  }

  private int recompute(String url) {
    return Commands.run(Terminal.plain(System.out), "score", "recompute", "--url", url);
  }

  private String url() {
    return "http://127.0.0.1:" + engine.getAddress().getPort();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
