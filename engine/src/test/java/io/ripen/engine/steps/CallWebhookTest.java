package io.ripen.engine.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.channels.webhook.Receiver;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.steps.CallWebhook.Outcome.Refused;
import io.ripen.engine.steps.CallWebhook.Outcome.Taken;
import io.ripen.engine.steps.CallWebhook.Outcome.TryLater;
import io.ripen.engine.steps.CallWebhook.Tries;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class CallWebhookTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final String KEY = "a-signing-key-of-32-characters-or-more";
  private static final String SECRET =
      "whsec_" + Base64.getEncoder().encodeToString("s".repeat(32).getBytes(UTF_8));
  private static final String FORMER =
      "whsec_" + Base64.getEncoder().encodeToString("f".repeat(32).getBytes(UTF_8));
  private static final Subject LEAD = Subject.lead(UUID.randomUUID());

  private final List<Other> others = new ArrayList<>();
  private final List<AnnotationConfigApplicationContext> contexts = new ArrayList<>();

  /** What came in at another system. */
  private record Received(String body, Map<String, String> headers) {}

  /** Another system. */
  private static final class Other {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 204;
    private volatile String retryAfter = "";

    Other() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/hook",
          exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(body, headers));
            if (!retryAfter.isEmpty()) {
              exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
    }

    URI url() {
      return URI.create("http://localhost:%d/hook".formatted(server.getAddress().getPort()));
    }
  }

  private Other another() throws IOException {
    Other other = new Other();
    others.add(other);
    return other;
  }

  @AfterEach
  void stop() {
    others.forEach(other -> other.server.stop(0));
    contexts.forEach(AnnotationConfigApplicationContext::close);
  }

  private CallWebhook webhook(Map<String, Object> settings) {
    return webhook(settings, NOON);
  }

  private CallWebhook webhook(Map<String, Object> settings, Instant now) {
    var context = new AnnotationConfigApplicationContext();
    context.getEnvironment().setActiveProfiles("workers");
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("set", settings));
    context.registerBean(Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC));
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.registerBean(
        RipenProperties.class,
        () -> new RipenProperties(URI.create("https://go.example.com"), KEY, new File(".")));
    context.register(Guards.class, StepsConfiguration.class);
    context.refresh();
    contexts.add(context);
    return context.getBean(CallWebhook.class);
  }

  private static CallWebhook.Call call(Other other, Subject subject, Duration useBy) {
    return new CallWebhook.Call(
        other.url(), "flow-1", subject, "nurturing", "serviceTask_tell", useBy);
  }

  private static CallWebhook.Outcome call(CallWebhook webhook, Other other) {
    return webhook.call(call(other, LEAD, null), Tries.NONE);
  }

  private static String signature(String secret, Received received) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    String signed =
        "%s.%s.%s"
            .formatted(
                received.headers().get("webhook-id"),
                received.headers().get("webhook-timestamp"),
                received.body());
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }

  @Test
  void ids_are_told_and_signed_by_the_receivers_own_secret() throws Exception {
    Other other = another();
    Subject subject = new Subject(LEAD.leadId(), null, null, "e-1");
    assertThat(webhook(Map.of()).call(call(other, subject, null), Tries.NONE))
        .isEqualTo(new Taken());

    Received received = other.received.getFirst();
    assertThat(received.body())
        .isEqualTo(
            ("{\"type\":\"step.reached\",\"timestamp\":\"2026-05-04T12:00:00Z\",\"data\":"
                    + "{\"leadId\":\"%s\",\"eventId\":\"e-1\",\"flow\":\"nurturing\","
                    + "\"element\":\"serviceTask_tell\"}}")
                .formatted(subject.leadId()));
    String printed = new WebhookSecrets(null, null, KEY).of(Receiver.at(other.url())).text();
    assertThat(received.headers())
        .containsEntry("webhook-id", "flow-1")
        .containsEntry("webhook-signature", signature(printed, received))
        .doesNotContainKey("x-ripen-signature");
    assertThat(Long.parseLong(received.headers().get("webhook-timestamp")))
        .as("the true time, whatever the clock plays")
        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(120L));
  }

  @Test
  void a_secret_that_is_set_is_everybodys_and_so_is_the_former_one_while_it_is_changed()
      throws Exception {
    Other other = another();
    var settings =
        Map.<String, Object>of(
            "ripen.webhooks.secret", SECRET, "ripen.webhooks.former-secret", FORMER);
    assertThat(call(webhook(settings), other)).isEqualTo(new Taken());

    Received received = other.received.getFirst();
    assertThat(received.headers().get("webhook-signature"))
        .isEqualTo(signature(SECRET, received) + " " + signature(FORMER, received));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "former-secret"})
  void a_secret_that_is_none_is_told_at_the_start(String setting) {
    assertThatThrownBy(() -> webhook(Map.of("ripen.webhooks." + setting, "whsec_c2hvcnQ=")))
        .rootCause()
        .hasMessage(
            "ripen.webhooks.%s has 5 bytes (expected: whsec_ and 24 to 64 bytes in Base64)"
                .formatted(setting));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused",
    "404, Refused",
    "410, Refused",
    "302, Refused",
    "408, TryLater",
    "409, TryLater",
    "425, TryLater",
    "429, TryLater",
    "503, TryLater"
  })
  void what_is_refused_for_good_is_told_from_what_may_be_taken_later(int answer, String outcome)
      throws IOException {
    Other other = another();
    other.status = answer;
    assertThat(call(webhook(Map.of()), other).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void a_system_that_is_away_may_be_back_later() throws IOException {
    Other other = another();
    other.server.stop(0);
    assertThat(call(webhook(Map.of()), other)).isInstanceOf(TryLater.class);
  }

  @Test
  void what_is_told_again_is_the_same_and_not_sooner_than_the_receiver_asks() throws IOException {
    Other other = another();
    other.status = 503;
    other.retryAfter = "7200";
    TryLater later = (TryLater) call(webhook(Map.of()), other);
    assertThat(later.cause()).endsWith(" answered 503");
    assertThat(later.after()).isBetween(Duration.ofHours(2), Duration.ofMinutes(145));
    assertThat(later.tries()).isEqualTo(new Tries(1, NOON));

    other.status = 200;
    CallWebhook threeHoursOn = webhook(Map.of(), NOON.plus(Duration.ofHours(3)));
    assertThat(threeHoursOn.call(call(other, LEAD, null), later.tries())).isEqualTo(new Taken());
    assertThat(other.received)
        .extracting(Received::body)
        .hasSize(2)
        .containsOnly(other.received.getFirst().body());
  }

  @Test
  void what_is_no_longer_of_use_is_given_up() throws IOException {
    Other other = another();
    other.status = 500;
    String last = "Given up after 4h; the last cause: localhost:%d answered 500";
    CallWebhook.Call call = call(other, LEAD, Duration.ofHours(4));
    assertThat(webhook(Map.of()).call(call, new Tries(9, NOON.minus(Duration.ofHours(2)))))
        .isInstanceOf(TryLater.class);
    assertThat(webhook(Map.of()).call(call, new Tries(9, NOON.minus(Duration.ofMinutes(210)))))
        .isEqualTo(new Refused(last.formatted(other.url().getPort())));
  }

  @Test
  void how_long_it_is_of_use_is_set_where_the_flow_does_not_say() throws IOException {
    Other other = another();
    other.status = 500;
    assertThat(call(webhook(Map.of("ripen.webhooks.use-by", "20s")), other))
        .isInstanceOf(Refused.class);
  }

  @Test
  void a_system_that_fails_is_left_alone_and_holds_up_no_other() throws IOException {
    Other broken = another();
    broken.status = 500;
    Other sound = another();
    CallWebhook webhook = webhook(Map.of());
    for (int i = 0; i < 10; i++) {
      assertThat(call(webhook, broken)).isInstanceOf(TryLater.class);
    }
    assertThat(call(webhook, broken))
        .isInstanceOfSatisfying(
            TryLater.class,
            later ->
                assertThat(later.cause())
                    .startsWith("webhook localhost:%d fails".formatted(broken.url().getPort())));
    assertThat(broken.received).hasSize(10);
    assertThat(call(webhook, sound)).isEqualTo(new Taken());
  }
}
