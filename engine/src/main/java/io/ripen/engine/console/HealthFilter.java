package io.ripen.engine.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets who may read the metrics see why the server's health is as it is. To all others it says no
 * more than how it is.
 */
final class HealthFilter extends OncePerRequestFilter {

  private static final List<String> HEALTH = List.of("/actuator/health");
  private static final Principal OPERATOR = () -> "operator";

  private final PasswordFilter passwords;
  private final boolean isForThisMachine;

  private HealthFilter(PasswordFilter passwords, boolean isForThisMachine) {
    this.passwords = passwords;
    this.isForThisMachine = isForThisMachine;
  }

  /**
   * In the place of the password's filter, which lets everybody ask for the health.
   *
   * @param isForThisMachine where there is no password, as nobody else can reach the server
   */
  static FilterRegistrationBean<HealthFilter> registration(
      PasswordFilter passwords, boolean isForThisMachine) {
    var registration = new FilterRegistrationBean<>(new HealthFilter(passwords, isForThisMachine));
    registration.setOrder(PageHeaders.ORDER + 1);
    return registration;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !Paths.anyCovers(HEALTH, PublicPaths.path(request));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isOperator =
        isForThisMachine || passwords.opensMetrics(request.getHeader("Authorization"));
    chain.doFilter(isOperator ? new OfOperator(request) : request, response);
  }

  /** Boot shows details to whoever has a name. */
  private static final class OfOperator extends HttpServletRequestWrapper {

    OfOperator(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Principal getUserPrincipal() {
      return OPERATOR;
    }
  }
}
