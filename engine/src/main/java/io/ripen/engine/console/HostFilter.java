package io.ripen.engine.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only to names that are this server's, on every path but the public ones. A page of
 * another site can let its own name point at this machine (DNS rebinding); its browser then takes a
 * console without a password for a part of that site, and the page may read it.
 */
final class HostFilter extends OncePerRequestFilter {

  private final Set<String> names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

  /**
   * @param more names beside those of the loopback address
   */
  HostFilter(Set<String> more) {
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return PublicPaths.cover(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String asked = name(request);
    if (asked != null && names.contains(asked)) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .write(
            """
            This server has no password, and so answers only to the names %s.
            To use another one, set ripen.public-url to it, or set ripen.console.password.
            """
                .formatted(String.join(", ", names)));
  }

  /** The header as it came: what a proxy may add to it, a page may, too. */
  private static @Nullable String name(HttpServletRequest request) {
    String host = request.getHeader("Host");
    try {
      String name = host == null ? request.getServerName() : URI.create("http://" + host).getHost();
      return name == null ? null : name.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
