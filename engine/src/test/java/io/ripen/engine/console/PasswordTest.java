package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PasswordTest {

  private static final String METRICS_PASSWORD = "of the scraper";
  private static final String PASSWORD = "jelszó:with colon";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/flows",
        "/leads/1",
        "/api/leads",
        "/api/local/clock",
        "/mailbox",
        "/actuator",
        "/actuator/metrics",
        "/actuator/prometheus"
      })
  void pages_and_their_json_ask_for_the_password(String path) throws Exception {
    MockHttpServletResponse answer = ask(path, null);

    assertThat(answer.getStatus()).isEqualTo(401);
    assertThat(answer.getHeader("WWW-Authenticate")).startsWith("Basic ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/track",
        "/ripen.js",
        "/r/abc",
        "/s/abc",
        "/o/abc",
        "/unsubscribe/abc",
        "/forms/newsletter.js",
        "/hooks/leads/google",
        "/shop",
        "/actuator/health"
      })
  void what_the_public_needs_is_open(String path) throws Exception {
    assertThat(ask(path, null).getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/../leads",
        "/v1/..;/leads",
        "/r/%2e%2e/leads",
        "/ripen.jsx",
        "/rleads",
        "/shop;x/leads"
      })
  void no_open_path_is_a_way_round(String path) throws Exception {
    assertThat(ask(path, null).getStatus()).isEqualTo(401);
  }

  @Test
  void the_password_lets_in_with_any_user_name() throws Exception {
    assertThat(ask("/leads", basic("anybody:" + PASSWORD)).getStatus()).isEqualTo(200);
    assertThat(ask("/leads", basic("anybody:wrong")).getStatus()).isEqualTo(401);
    assertThat(ask("/leads", basic("")).getStatus()).isEqualTo(401);
    assertThat(ask("/leads", "Basic %%%").getStatus()).isEqualTo(401);
    assertThat(ask("/leads", "Bearer " + PASSWORD).getStatus()).isEqualTo(401);
  }

  @Test
  void metrics_have_a_password_that_opens_nothing_else() throws Exception {
    String scraper = basic("prometheus:" + METRICS_PASSWORD);
    assertThat(ask("/actuator/prometheus", scraper).getStatus()).isEqualTo(200);
    assertThat(ask("/actuator/prometheus", basic("me:" + PASSWORD)).getStatus()).isEqualTo(200);
    assertThat(ask("/actuator/prometheus", basic("me:")).getStatus()).isEqualTo(401);
    assertThat(ask("/actuator/prometheus", "Bearer " + METRICS_PASSWORD).getStatus())
        .isEqualTo(200);
    assertThat(ask("/actuator/prometheus", "Bearer " + PASSWORD).getStatus()).isEqualTo(401);
    assertThat(ask("/leads", "Bearer " + METRICS_PASSWORD).getStatus()).isEqualTo(401);
    assertThat(ask("/leads", scraper).getStatus()).isEqualTo(401);
    assertThat(ask("/actuator/prometheus/../../leads", scraper).getStatus()).isEqualTo(401);
    assertThat(ask("/actuator/metrics", scraper).getStatus()).isEqualTo(401);
  }

  @Test
  void workers_without_any_password_tell_strangers_their_health_alone() throws Exception {
    ServerProperties everywhere = new ServerProperties();
    everywhere.setAddress(InetAddress.getByName("0.0.0.0"));
    ServerProperties here = new ServerProperties();
    here.setAddress(InetAddress.getByName("127.0.0.1"));
    var guard = new WorkersGuard();
    var none = new ConsoleProperties(null);
    var open = new MetricsProperties(null);

    assertThat(guard.passwordFilter(none, open, here).isEnabled()).isFalse();
    var strangers = guard.passwordFilter(none, open, everywhere);
    assertThat(strangers.isEnabled()).isTrue();
    PasswordFilter filter = strangers.getFilter();
    assertThat(ask(filter, "/actuator/prometheus", basic("me:")).getStatus()).isEqualTo(401);
    assertThat(ask(filter, "/actuator/health/readiness", null).getStatus()).isEqualTo(200);
  }

  @Test
  void who_may_read_the_metrics_sees_why_the_health_is_as_it_is() throws Exception {
    var passwords = new PasswordFilter(PASSWORD, METRICS_PASSWORD);
    var guarded = HealthFilter.registration(passwords, false).getFilter();
    String health = "/actuator/health/channels";

    assertThat(asked(guarded, health, null).getUserPrincipal()).isNull();
    assertThat(asked(guarded, health, basic("me:wrong")).getUserPrincipal()).isNull();
    assertThat(asked(guarded, health, basic("me:" + PASSWORD)).getUserPrincipal()).isNotNull();
    assertThat(asked(guarded, health, "Bearer " + METRICS_PASSWORD).getUserPrincipal()).isNotNull();
    assertThat(asked(guarded, "/leads", basic("me:" + PASSWORD)).getUserPrincipal()).isNull();

    var open = HealthFilter.registration(new PasswordFilter(null, null), true).getFilter();
    assertThat(asked(open, health, null).getUserPrincipal()).isNotNull();
  }

  private static HttpServletRequest asked(HealthFilter filter, String path, String authorization)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    if (authorization != null) {
      request.addHeader("Authorization", authorization);
    }
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(request, new MockHttpServletResponse(), chain);
    return (HttpServletRequest) chain.getRequest();
  }

  @Test
  void without_a_password_only_this_machine_may_reach_the_server() throws Exception {
    assertThatNoException().isThrownBy(() -> start(null, "127.0.0.1"));
    assertThatNoException().isThrownBy(() -> start("secret", null));
    assertThatExceptionOfType(UnprotectedConsole.class)
        .isThrownBy(() -> start(null, null))
        .withMessageContaining("all addresses");
    assertThatExceptionOfType(UnprotectedConsole.class)
        .isThrownBy(() -> start(" ", "10.1.2.3"))
        .withMessageContaining("10.1.2.3");
  }

  @Test
  void the_password_is_in_no_log() {
    assertThat(new ConsoleProperties("secret").toString()).doesNotContain("secret");
    assertThat(new MetricsProperties("secret").toString()).doesNotContain("secret");
  }

  private static void start(String password, String address) throws Exception {
    ServerProperties server = new ServerProperties();
    server.setAddress(address == null ? null : InetAddress.getByName(address));
    new ConsoleConfiguration()
        .passwordFilter(new ConsoleProperties(password), new MetricsProperties(null), server);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static MockHttpServletResponse ask(String path, String authorization) throws Exception {
    return ask(new PasswordFilter(PASSWORD, METRICS_PASSWORD), path, authorization);
  }

  private static MockHttpServletResponse ask(
      PasswordFilter filter, String path, String authorization) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    if (authorization != null) {
      request.addHeader("Authorization", authorization);
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
