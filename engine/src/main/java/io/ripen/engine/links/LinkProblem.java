package io.ripen.engine.links;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** The page for a link that leads nowhere. */
public final class LinkProblem {

  private LinkProblem() {}

  /** For a link that we did not make, or that was cut short on its way. */
  public static ModelAndView forged() {
    return page(
        HttpStatus.NOT_FOUND,
        "This link does not work",
        "It is not complete, or it was changed on its way. Please open it from the message again.");
  }

  /** For a link from a message that is very old. */
  public static ModelAndView expired() {
    return page(
        HttpStatus.GONE,
        "This link is too old",
        "It was sent a long time ago and no longer leads anywhere.");
  }

  private static ModelAndView page(HttpStatus status, String title, String text) {
    ModelAndView page = new ModelAndView("links/problem", status);
    page.addObject("title", title);
    page.addObject("text", text);
    return page;
  }
}
