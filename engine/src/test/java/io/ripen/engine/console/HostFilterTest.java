package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.RipenProperties;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HostFilterTest {

  private static final String FOREIGN = "rebound.example:8090";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8090",
        "LocalHost:8090",
        "127.0.0.1:8090",
        "[::1]:8090",
        "127.1.2.3:8090",
        "Ripen.Example"
      })
  void names_of_this_server_are_answered(String host) throws Exception {
    assertThat(ask("/api/local/mailbox", host).getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FOREIGN,
        "localhost.rebound.example",
        "127.0.0.1.rebound.example:8090",
        "localhost:8090@rebound.example",
        "192.168.1.7:8090",
        "",
        "[",
        "not a name"
      })
  void names_of_others_are_not(String host) throws Exception {
    MockHttpServletResponse answer = ask("/api/local/mailbox", host);

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getContentType()).startsWith("text/plain");
    assertThat(answer.getContentAsString())
        .contains("localhost", "ripen.example", "ripen.public-url", "ripen.console.password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/leads",
        "/api/leads",
        "/api/local/clock",
        "/mailbox",
        "/mailbox/1/html",
        "/shop/..;/api/local/clock",
        "/actuator"
      })
  void whatever_is_not_for_the_public_is_guarded(String path) throws Exception {
    assertThat(ask(path, FOREIGN).getStatus()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/track", "/ripen.js", "/r/abc", "/unsubscribe/abc", "/actuator/health"})
  void what_the_public_needs_is_open_under_any_name(String path) throws Exception {
    assertThat(ask(path, FOREIGN).getStatus()).isEqualTo(200);
  }

  @Test
  void page_cannot_claim_to_be_a_proxy() throws Exception {
    MockHttpServletRequest request = request("/leads", FOREIGN);
    request.addHeader("X-Forwarded-Host", "localhost:8090");
    request.setServerName("localhost");

    assertThat(ask(request).getStatus()).isEqualTo(403);
  }

  @Test
  void where_there_is_a_password_it_guards_alone() throws Exception {
    assertThat(filter("secret").isEnabled()).isFalse();
    assertThat(filter(null).isEnabled()).isTrue();
  }

  private static MockHttpServletResponse ask(String path, String host) throws Exception {
    return ask(request(path, host));
  }

  private static MockHttpServletResponse ask(MockHttpServletRequest request) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter(null).getFilter().doFilter(request, response, new MockFilterChain());
    return response;
  }

  private static MockHttpServletRequest request(String path, String host) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.addHeader("Host", host);
    return request;
  }

  private static FilterRegistrationBean<HostFilter> filter(String password) throws Exception {
    ServerProperties server = new ServerProperties();
    server.setAddress(InetAddress.getByName("127.1.2.3"));
    return new ConsoleConfiguration()
        .hostFilter(
            new ConsoleProperties(password),
            server,
            new RipenProperties(URI.create("https://ripen.example/path"), "", new File(".")));
  }
}
