package io.ripen.channels.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.ShortMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
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
  private static final ShortMessage MESSAGE =
      new ShortMessage("4503-1", "lead-7", "Hello Anna", "Dear Anna Kovács", List.of());

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
    return channel(server.baseUrl() + "/ripen?key=hidden", Duration.ofSeconds(10))
        .send(MESSAGE, begun::incrementAndGet);
  }

  private static WebhookChannel channel(String url, Duration answerTimeout) {
    return new WebhookChannel(
        new WebhookEndpoint(URI.create(url), SECRET, Duration.ofSeconds(5), answerTimeout), CLOCK);
  }

  @Test
  void the_other_system_is_told_ids_and_can_tell_that_it_is_us() throws Exception {
    assertThat(send(aResponse().withStatus(204))).isEqualTo(new Accepted("4503-1"));
    assertThat(begun).hasValue(1);

    LoggedRequest request = server.getAllServeEvents().getFirst().getRequest();
    String body = request.getBodyAsString();
    assertThat(body)
        .isEqualTo(
            "{\"type\":\"touch\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"data\":{\"id\":\"4503-1\",\"to\":\"lead-7\"}}");
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
              assertThat(r.reason()).startsWith("localhost answered " + status);
              assertThat(r.cause()).as("the person is not at fault").isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "429, 17, 17",
    "503, 17, 17",
    "503, 'Sun, 01 Mar 2026 10:02:00 GMT', 120",
    "503, 'Sun, 01 Mar 2026 09:00:00 GMT', 0",
    "503, 99999999, 86400",
    "503, soon, 30",
    "429, , 30",
    "500, , 30",
    "502, , 30",
    "408, , 30",
  })
  void what_is_busy_is_asked_again_when_it_wishes(int status, String after, long seconds) {
    ResponseDefinitionBuilder answer = aResponse().withStatus(status);
    assertThat(send(after == null ? answer : answer.withHeader("Retry-After", after)))
        .isEqualTo(
            new Retryable(
                "localhost answered " + status, Duration.ofSeconds(seconds), Scope.CHANNEL));
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void a_redirect_is_not_followed() {
    assertThat(send(aResponse().withStatus(307).withHeader("Location", "/elsewhere")))
        .isInstanceOf(Retryable.class);
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
            channel(server.baseUrl(), Duration.ofSeconds(4)).send(MESSAGE, begun::incrementAndGet))
        .isEqualTo(new Uncertain("the answer of localhost was lost (no answer in time)"));
  }

  @Test
  void nobody_there_is_worth_another_try() {
    assertThat(
            channel("http://127.0.0.1:1/?key=hidden", Duration.ofSeconds(5))
                .send(MESSAGE, begun::incrementAndGet))
        .isEqualTo(
            new Retryable(
                "no connection to 127.0.0.1: connection refused", Duration.ZERO, Scope.CHANNEL));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_§§§"})
  void a_secret_is_long_enough_and_never_shown(String secret) {
    assertThatThrownBy(() -> new WebhookEndpoint(URI.create("https://example.com/"), secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 to 64 bytes");
  }

  @Test
  void an_endpoint_shows_no_secret() {
    assertThat(new WebhookEndpoint(URI.create("https://example.com/x?key=hidden"), SECRET))
        .hasToString("WebhookEndpoint[example.com]");
    assertThatThrownBy(() -> new WebhookEndpoint(URI.create("file:///etc/hosts"), SECRET))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
