package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Even with a filter in front that believes the headers of proxies, which the server has not. */
class PublicPathsTest {

  @ParameterizedTest
  @CsvSource({
    "/api/deployments, '', 401, 403",
    "/api/deployments, /forms, 401, 403",
    "/leads, /hooks, 401, 403",
    "/forms/contact, '', 200, 200",
    "/forms/contact, /marketing, 200, 200",
  })
  void a_proxy_s_header_opens_nothing(String path, String prefix, int password, int host)
      throws Exception {
    assertThat(status(new PasswordFilter("secret", null), path, prefix)).isEqualTo(password);
    assertThat(status(new HostFilter(Set.of()), path, prefix)).isEqualTo(host);
  }

  private static int status(OncePerRequestFilter filter, String path, String prefix)
      throws Exception {
    var request = new MockHttpServletRequest("POST", path);
    request.addHeader("Host", "evil.example");
    if (!prefix.isEmpty()) {
      request.addHeader("X-Forwarded-Prefix", prefix);
    }
    var response = new MockHttpServletResponse();
    new ForwardedHeaderFilter()
        .doFilter(
            request,
            response,
            (forwarded, answer) -> filter.doFilter(forwarded, answer, new MockFilterChain()));
    return response.getStatus();
  }
}
