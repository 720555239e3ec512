package io.ripen.channels.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final Instant REACHED = Instant.parse("2026-03-01T09:00:00Z");

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final AtomicInteger begun = new AtomicInteger();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SendResult send(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
    return channel(Duration.ofSeconds(10), CLOCK, SECRET)
        .send(call(server.baseUrl() + "/ripen?key=hidden"), begun::incrementAndGet);
  }

  private static WebhookCall call(String url) {
    SequencedMap<String, String> data = new LinkedHashMap<>();
    data.put("leadId", "lead-7");
    data.put("flow", "nurturing");
    return new WebhookCall(URI.create(url), "4503-1", "step.reached", REACHED, data);
  }

  private static WebhookChannel channel(Duration answerTimeout, Clock clock, String... secrets) {
    List<WebhookSecret> read =
        Arrays.stream(secrets).map(each -> WebhookSecret.read("the secret", each)).toList();
    return new WebhookChannel(receiver -> read, Duration.ofSeconds(5), answerTimeout, clock);
  }

  @Test
  void the_other_system_is_told_ids_and_can_tell_that_it_is_us() throws Exception {
    assertThat(send(aResponse().withStatus(204))).isEqualTo(new Accepted("4503-1"));
    assertThat(begun).hasValue(1);

    LoggedRequest request = server.getAllServeEvents().getFirst().getRequest();
    String body = request.getBodyAsString();
    assertThat(body)
        .isEqualTo(
            "{\"type\":\"step.reached\",\"timestamp\":\"2026-03-01T09:00:00Z\",\"data\":{\"leadId\":\"lead-7\",\"flow\":\"nurturing\"}}");
    assertThat(request.getHeader("webhook-id")).isEqualTo("4503-1");
    assertThat(request.getHeader("webhook-timestamp")).isEqualTo("1772359200");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    assertThat(request.getHeader("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(("4503-1.1772359200." + body).getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
  void a_refusal_is_final(int status) {
    assertThat(send(aResponse().withStatus(status).withBody("Anna?")))
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.reason())
                  .startsWith("localhost:%d answered %d".formatted(server.port(), status));
              assertThat(r.cause()).as("the person is not at fault").isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "429, 17, 17, CHANNEL",
    "503, 17, 17, CHANNEL",
    "503, 'Sun, 01 Mar 2026 10:02:00 GMT', 120, CHANNEL",
    "503, 'Sun, 01 Mar 2026 09:00:00 GMT', 0, CHANNEL",
    "503, 99999999, 86400, CHANNEL",
    "503, soon, 30, CHANNEL",
    "429, , 30, CHANNEL",
    "500, , 0, CHANNEL",
    "502, 17, 17, CHANNEL",
    "408, , 0, CHANNEL",
    "409, , 0, MESSAGE",
    "425, 17, 17, MESSAGE",
  })
  void what_is_busy_is_asked_again_when_it_wishes(
      int status, String after, long seconds, Scope scope) {
    ResponseDefinitionBuilder answer = aResponse().withStatus(status);
    assertThat(send(after == null ? answer : answer.withHeader("Retry-After", after)))
        .isEqualTo(
            new Retryable(
                "localhost:%d answered %d".formatted(server.port(), status),
                Duration.ofSeconds(seconds),
                scope));
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void a_redirect_is_not_followed() {
    assertThat(send(aResponse().withStatus(307).withHeader("Location", "/elsewhere")))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).endsWith("is the address right?"));
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void an_answer_that_is_lost_leaves_it_uncertain(Fault fault) {
    assertThat(send(aResponse().withFault(fault))).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(server.getAllServeEvents()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void an_answer_that_comes_too_late_leaves_it_uncertain() {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));

    assertThat(
            channel(Duration.ofSeconds(4), CLOCK, SECRET)
                .send(call(server.baseUrl()), begun::incrementAndGet))
        .isEqualTo(
            new Uncertain(
                "the answer of localhost:%d was lost (no answer in time)"
                    .formatted(server.port())));
  }

  @Test
  void nobody_there_is_worth_another_try() {
    assertThat(
            channel(Duration.ofSeconds(5), CLOCK, SECRET)
                .send(call("http://127.0.0.1:1/?key=hidden"), begun::incrementAndGet))
        .isEqualTo(
            new Retryable(
                "no connection to 127.0.0.1:1: connection refused", Duration.ZERO, Scope.CHANNEL));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_§§§"})
  void a_secret_is_long_enough_and_never_shown(String secret) {
    assertThatThrownBy(() -> WebhookSecret.read("ripen.webhooks.secret", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ripen.webhooks.secret ")
        .hasMessageContaining("24 to 64 bytes");
  }

  @Test
  void nothing_shows_a_secret() {
    assertThat(call("https://example.com/x?key=hidden"))
        .hasToString("WebhookCall[4503-1 to example.com]");
    assertThat(WebhookSecret.read("the secret", SECRET)).hasToString("WebhookSecret");
  }

  @Test
  void each_receiver_has_a_secret_of_its_own_that_is_the_same_each_time() {
    Receiver crm = Receiver.at(URI.create("https://CRM.example.com:443/hooks/lead"));
    Receiver shop = Receiver.at(URI.create("https://shop.example.com:8443/hooks/lead"));
    assertThat(crm.name()).isEqualTo("crm.example.com");
    assertThat(shop.name()).isEqualTo("shop.example.com:8443");
    String secret = WebhookSecret.derived("k".repeat(32), crm).text();
    assertThat(secret)
        .startsWith("whsec_")
        .isEqualTo(WebhookSecret.derived("k".repeat(32), new Receiver("crm.example.com")).text())
        .isNotEqualTo(WebhookSecret.derived("k".repeat(32), shop).text())
        .isNotEqualTo(WebhookSecret.derived("l".repeat(32), crm).text());
    assertThat(WebhookSecret.read("the secret", secret).text()).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hosts", "https://me:pass@example.com/", "https:///x"})
  void an_address_that_names_no_receiver_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> Receiver.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the webhook's address cannot be used (expected: one such as https://example.com/ripen)");
  }

  @Test
  void the_standards_own_library_knows_us_by_each_secret_while_they_are_changed() throws Exception {
    String former = "whsec_" + Base64.getEncoder().encodeToString("f".repeat(32).getBytes(UTF_8));
    LoggedRequest request = tell(Clock.systemUTC(), SECRET, former);

    new Webhook(SECRET).verify(request.getBodyAsString(), headers(request));
    new Webhook(former).verify(request.getBodyAsString(), headers(request));
    String other = "whsec_" + Base64.getEncoder().encodeToString("o".repeat(32).getBytes(UTF_8));
    assertThatThrownBy(() -> new Webhook(other).verify(request.getBodyAsString(), headers(request)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(
            () ->
                new Webhook(SECRET)
                    .verify(
                        request.getBodyAsString().replace("lead-7", "lead-8"), headers(request)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void the_standards_own_library_refuses_a_call_that_is_replayed_after_five_minutes() {
    LoggedRequest request = tell(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)), SECRET);

    assertThatThrownBy(
            () -> new Webhook(SECRET).verify(request.getBodyAsString(), headers(request)))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("too old");
  }

  private LoggedRequest tell(Clock clock, String... secrets) {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));
    assertThat(
            channel(Duration.ofSeconds(10), clock, secrets)
                .send(call(server.baseUrl() + "/ripen"), begun::incrementAndGet))
        .isInstanceOf(Accepted.class);
    return server.getAllServeEvents().getFirst().getRequest();
  }

  private static Map<String, List<String>> headers(LoggedRequest request) {
    return request.getHeaders().all().stream().collect(toMap(HttpHeader::key, HttpHeader::values));
  }
}
