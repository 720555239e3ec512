package io.ripen.engine.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Refuses what a page of another site sends in a reader's name: their browser would add the
 * console's password to it by itself.
 */
final class SameOrigin {

  private static final Set<String> OURS = Set.of("same-origin", "none");

  private SameOrigin() {}

  /** Every browser of today says where a request comes from; a program that says nothing may. */
  static void require(HttpServletRequest request) {
    String from = request.getHeader("Sec-Fetch-Site");
    if (from != null && !OURS.contains(from)) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "the request comes from another site (expected: from this one)");
    }
  }
}
