package io.ripen.engine.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What a real web server believes of the headers that proxies set, and anybody can. */
@ExtendWith(OutputCaptureExtension.class)
class TrustedProxiesIT {

  private static final String LOOPBACK = "ripen.trusted-proxies=127.0.0.1,::1";
  private static final String ELSEWHERE = "ripen.trusted-proxies=192.0.2.0/24";

  private final HttpClient http = HttpClient.newHttpClient();

  /** Tells what all others are told: limits, proofs, cookies and pages ask the request. */
  @Import(ProxiesConfiguration.class)
  @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
  static class Server {

    @Bean
    ServletRegistrationBean<HttpServlet> mirror() {
      var mirror =
          new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
              String how = request.isSecure() ? "secure" : "open";
              response
                  .getWriter()
                  .print(request.getRemoteAddr() + " " + request.getRequestURL() + " " + how);
            }
          };
      return new ServletRegistrationBean<>(mirror, "/mirror");
    }
  }

  private static final Map<String, String> FORWARDED =
      Map.of(
          "X-Forwarded-For", "198.51.100.9, 203.0.113.7",
          "X-Forwarded-Proto", "https",
          "X-Forwarded-Host", "ripen.example",
          "X-Forwarded-Prefix", "/forms");

  @Test
  void a_trusted_proxy_says_who_asks_and_nobody_before_it_is_believed() throws Exception {
    assertThat(seen(LOOPBACK, FORWARDED))
        .isEqualTo("203.0.113.7 https://ripen.example/mirror secure");
  }

  @Test
  void a_stranger_is_who_they_are(CapturedOutput output) throws Exception {
    assertThat(seen(ELSEWHERE, FORWARDED))
        .matches("127\\.0\\.0\\.1 http://127\\.0\\.0\\.1:\\d+/mirror open");
    assertThat(output).contains("ripen.trusted-proxies").doesNotContain("203.0.113.7");
  }

  @Test
  void nobody_is_trusted_who_was_not_named_not_even_this_machine() throws Exception {
    assertThat(seen("ripen.trusted-proxies=", FORWARDED)).startsWith("127.0.0.1 http://127.0.0.1:");
    assertThat(seen("ripen.bpmn=any", Map.of("Forwarded", "for=203.0.113.7;proto=https")))
        .startsWith("127.0.0.1 http://127.0.0.1:");
  }

  @Test
  void a_trusted_proxy_that_says_nothing_is_taken_as_it_is(CapturedOutput output) throws Exception {
    assertThat(seen(LOOPBACK, Map.of())).startsWith("127.0.0.1 http://127.0.0.1:");
    assertThat(output).doesNotContain("ripen.trusted-proxies");
  }

  private String seen(String setting, Map<String, String> headers) throws Exception {
    try (ConfigurableApplicationContext server =
        new SpringApplicationBuilder(Server.class)
            .profiles("engine")
            .run("--server.address=127.0.0.1", "--server.port=0", "--" + setting)) {
      String port = server.getEnvironment().getRequiredProperty("local.server.port");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mirror"))
              .timeout(Duration.ofSeconds(60));
      headers.forEach(request::header);
      return http.send(request.build(), BodyHandlers.ofString()).body();
    }
  }
}
