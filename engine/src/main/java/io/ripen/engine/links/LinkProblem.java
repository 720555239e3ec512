package io.ripen.engine.links;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** The page for a link that leads nowhere. */
public final class LinkProblem {

  private LinkProblem() {}

  /** For a link that we did not make, or that was cut short on its way. */
  public static ModelAndView forged() {
    return page(HttpStatus.NOT_FOUND, "problem.forged");
  }

  /** For a link from a message that is very old. */
  public static ModelAndView expired() {
    return page(HttpStatus.GONE, "problem.expired");
  }

  /** For a genuine link to a file that is there no more. */
  static ModelAndView gone() {
    return page(HttpStatus.GONE, "problem.gone");
  }

  private static ModelAndView page(HttpStatus status, String problem) {
    return new ModelAndView("links/problem", Map.of("problem", problem), status);
  }
}
