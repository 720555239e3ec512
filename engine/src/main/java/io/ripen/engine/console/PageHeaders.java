package io.ripen.engine.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers what our pages may do: nothing but what comes from here. A controller may set the
 * same headers anew for an answer of its own.
 */
@Component
@Profile("engine")
@Order(PageHeaders.ORDER)
final class PageHeaders extends OncePerRequestFilter {

  static final int ORDER = 10;

  /** Diagrams set styles from script; scripts themselves come by file only. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'self'";

  /** The event door and the demo shop speak to other sites and have rules of their own. */
  private static final List<String> OTHERS =
      List.of(
          "/v1",
          "/shop",
          "/ripen.js",
          "/ripen-onsite.js",
          "/ripen-push.js",
          "/ripen-push-sw.js",
          "/r");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Paths.anyCovers(OTHERS, request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    chain.doFilter(request, response);
  }
}
