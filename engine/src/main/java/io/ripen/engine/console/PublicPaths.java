package io.ripen.engine.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;

/** What the public needs. What is new is closed until it is named here. */
final class PublicPaths {

  private static final List<String> PUBLIC =
      List.of(
          "/v1",
          "/ripen.js",
          "/ripen-onsite.js",
          "/ripen-push.js",
          "/ripen-push-sw.js",
          "/r",
          "/s",
          "/o",
          "/unsubscribe",
          "/preferences",
          "/answer",
          "/confirm",
          "/download",
          "/forms",
          "/hooks",
          "/shop",
          "/ripen.css",
          "/ripen.svg",
          "/console.js",
          "/actuator/health");

  private PublicPaths() {}

  /** What a proxy's headers make of a request, anybody's headers may: its path is its own. */
  private static HttpServletRequest asItCame(HttpServletRequest request) {
    HttpServletRequest inner = request;
    while (inner instanceof HttpServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
      inner = wrapped;
    }
    return inner;
  }

  /** As it was asked for. */
  static String path(HttpServletRequest request) {
    return asItCame(request).getRequestURI();
  }

  static boolean cover(HttpServletRequest request) {
    String path = path(request);
    // A path with dots, semicolons or escapes could mean another one to those who come after.
    boolean plain = !path.contains("..") && !path.contains(";") && !path.contains("%");
    return plain && Paths.anyCovers(PUBLIC, path);
  }
}
