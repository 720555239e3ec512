package io.ripen.engine.consents;

import io.ripen.engine.links.LinkProblem;
import io.ripen.engine.links.Opened;
import io.ripen.engine.links.PrivatePage;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.SignedLinks.Click;
import io.ripen.engine.links.TouchEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The second half of a double opt-in: who opened the link that was sent to an address, and pressed
 * the button, is who reads it. Looking at the page changes nothing, as mail scanners look at every
 * link.
 */
@Controller
@Profile("engine")
final class ConfirmController {

  /** What the page asks, kept as a proof. */
  static final String WORDING = "Yes, send me the newsletter by e-mail";

  private final SignedLinks links;
  private final TouchEvents events;

  ConfirmController(SignedLinks links, TouchEvents events) {
    this.links = links;
    this.events = events;
  }

  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    PrivatePage.keep(response);
  }

  @GetMapping("/confirm/{token}")
  ModelAndView ask(@PathVariable String token) {
    return switch (links.openConfirm(token)) {
      case Opened.Genuine<Click> link ->
          new ModelAndView("consents/confirm").addObject("wording", WORDING);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  @PostMapping("/confirm/{token}")
  ModelAndView confirm(@PathVariable String token, HttpServletRequest request) {
    return switch (links.openConfirm(token)) {
      case Opened.Genuine<Click> link -> confirmed(link.content(), request);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  private ModelAndView confirmed(Click link, HttpServletRequest request) {
    events.report(
        // Pressed twice, it is one consent; a later one by another message is another.
        "confirmed-%d-%s".formatted(link.touch().touch(), link.touch().leadId()),
        "Consent Granted",
        link.touch(),
        request.getRequestURL().toString(),
        Map.of("purpose", link.target(), "wording", WORDING, "by", "double-opt-in"),
        request.getHeader("User-Agent"));
    return new ModelAndView("consents/confirmed");
  }
}
