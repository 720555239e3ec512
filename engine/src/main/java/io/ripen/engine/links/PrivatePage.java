package io.ripen.engine.links;

import jakarta.servlet.http.HttpServletResponse;

/** What a page behind a personal link is sent with. */
public final class PrivatePage {

  private PrivatePage() {}

  /** Nobody keeps it, finds it by searching, or learns its address from where one goes next. */
  public static void keep(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
  }
}
