package io.ripen.engine.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the console's password on every path but those that the public needs. Metrics have one
 * of their own beside it, so that whoever collects them cannot read about people.
 */
final class PasswordFilter extends OncePerRequestFilter {

  private static final String METRICS = "/actuator/prometheus";

  private final byte @Nullable [] password;
  private final byte @Nullable [] metricsPassword;

  /**
   * @param password the console's; without it nothing opens what it guards
   * @param metricsPassword opens the metrics and nothing else
   */
  PasswordFilter(@Nullable String password, @Nullable String metricsPassword) {
    this.password = bytes(password);
    this.metricsPassword = bytes(metricsPassword);
  }

  private static byte @Nullable [] bytes(@Nullable String password) {
    return password == null || password.isBlank()
        ? null
        : password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return PublicPaths.cover(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader("Authorization");
    boolean isForMetrics = METRICS.equals(PublicPaths.path(request));
    if (isForMetrics ? opensMetrics(header) : is(password, given(header))) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("WWW-Authenticate", "Basic realm=\"Ripen\", charset=\"UTF-8\"");
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .write(
            isForMetrics
                ? "Metrics ask for their password (ripen.metrics.password) or the console's.\n"
                : "Ripen's console asks for its password (ripen.console.password).\n");
  }

  /** Whether it is one of the passwords that open the metrics. */
  boolean opensMetrics(@Nullable String header) {
    return is(password, given(header))
        || is(metricsPassword, given(header))
        || is(metricsPassword, bearer(header));
  }

  /** As collectors of metrics give what has no user name. */
  private static byte[] bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip().getBytes(StandardCharsets.UTF_8)
        : new byte[0];
  }

  private static boolean is(byte @Nullable [] password, byte[] given) {
    return password != null && MessageDigest.isEqual(password, given);
  }

  private static byte[] given(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return new byte[0];
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
