package io.ripen.engine.console;

import io.ripen.engine.standstill.Turnstile;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has requests of ours wait that may change something in Zeebe, while all stand still. What the
 * public may ask for goes on: it ends in PostgreSQL and Kafka.
 */
final class StandstillFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final int AGAIN_AFTER_SECONDS = 5;

  private final Turnstile turnstile;
  private final Duration patience;

  StandstillFilter(Turnstile turnstile, Duration patience) {
    this.turnstile = turnstile;
    this.patience = patience;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod()) || PublicPaths.cover(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (enter()) {
      try {
        chain.doFilter(request, response);
      } finally {
        turnstile.leave();
      }
      return;
    }
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setIntHeader("Retry-After", AGAIN_AFTER_SECONDS);
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .write("A backup is being made, and nothing has been changed. Try again in a moment.\n");
  }

  private boolean enter() {
    try {
      return turnstile.enter(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
