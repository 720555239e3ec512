package io.ripen.engine.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.leads.Subject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallWebhookTest {

  private static final String KEY = "a-signing-key-of-32-characters-or-more";

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final CallWebhook webhook =
      new CallWebhook(
          new RipenProperties(URI.create("https://go.example.com"), KEY, new File(".")));
  private HttpServer server;
  private int status = 204;

  @BeforeEach
  void another_system() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          received.put("body", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> received.put(name.toLowerCase(), values.getFirst()));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void ids_are_told_and_signed() throws Exception {
    Subject subject = new Subject(UUID.randomUUID(), null, null, "e-1");
    assertThat(call(subject)).isEqualTo(new CallWebhook.Outcome.Taken());

    String body = received.get("body");
    assertThat(body)
        .isEqualTo(
            ("{\"id\":\"flow-1\",\"leadId\":\"%s\",\"eventId\":\"e-1\",\"flow\":\"nurturing\","
                    + "\"element\":\"serviceTask_tell\"}")
                .formatted(subject.leadId()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
    assertThat(received)
        .containsEntry("idempotency-key", "flow-1")
        .containsEntry(
            "x-ripen-signature",
            "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8))));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused",
    "404, Refused",
    "302, Refused",
    "408, TryLater",
    "429, TryLater",
    "503, TryLater"
  })
  void what_is_refused_for_good_is_told_from_what_may_be_taken_later(int answer, String outcome) {
    status = answer;
    assertThat(call(Subject.lead(UUID.randomUUID())).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void a_system_that_is_away_may_be_back_later() {
    server.stop(0);
    assertThat(call(Subject.lead(UUID.randomUUID())))
        .isInstanceOf(CallWebhook.Outcome.TryLater.class);
  }

  private CallWebhook.Outcome call(Subject subject) {
    URI url = URI.create("http://localhost:%d/hook".formatted(server.getAddress().getPort()));
    return webhook.call(
        new CallWebhook.Call(url, "flow-1", subject, "nurturing", "serviceTask_tell"));
  }
}
