package io.ripen.engine.links;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.links.SignedLinks.Click;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Leads whoever follows a link of a message to its target, and reports the click. Only targets that
 * we signed are led to, so nobody can use us to lead people elsewhere.
 */
@Controller
@Profile("engine")
final class ClickController {

  private final SignedLinks links;
  private final ShortLinks shortLinks;
  private final TouchEvents events;

  ClickController(SignedLinks links, ShortLinks shortLinks, TouchEvents events) {
    this.links = links;
    this.shortLinks = shortLinks;
    this.events = events;
  }

  @GetMapping(SignedLinks.CLICK_PATH + "{token}")
  ModelAndView follow(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
    keepPrivate(response);
    return switch (links.openClick(token)) {
      case Opened.Genuine<Click> link -> redirect(link.content(), request);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  @GetMapping(ShortLinks.PATH + "{code}")
  ModelAndView followShort(
      @PathVariable String code, HttpServletRequest request, HttpServletResponse response) {
    keepPrivate(response);
    return switch (shortLinks.open(code)) {
      case Opened.Genuine<Click> link -> redirect(link.content(), request);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  private static void keepPrivate(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Robots-Tag", "noindex");
  }

  private ModelAndView redirect(Click click, HttpServletRequest request) {
    if (!Urls.isWeb(click.target())) {
      return LinkProblem.forged();
    }
    if (!links.isOurs(click.target())) {
      report(click, request);
    }
    RedirectView redirect = new RedirectView(Urls.ascii(click.target()));
    redirect.setStatusCode(HttpStatus.FOUND);
    redirect.setExpandUriTemplateVariables(false);
    redirect.setExposeModelAttributes(false);
    return new ModelAndView(redirect);
  }

  /** A look by a program is told under another name, so that nothing counts it as interest. */
  private void report(Click click, HttpServletRequest request) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    String userAgent = request.getHeader("User-Agent");
    if (Visitor.isProgram(request)) {
      events.report(
          id,
          LinkEvents.CHECKED,
          click.touch(),
          click.target(),
          Map.of("confidence", "low"),
          userAgent);
    } else {
      events.reportVisit(
          click.target(),
          id,
          LinkEvents.CLICKED,
          click.touch(),
          click.target(),
          Map.of("confidence", "high"),
          userAgent);
    }
  }
}
