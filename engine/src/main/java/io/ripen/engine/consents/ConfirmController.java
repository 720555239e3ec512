package io.ripen.engine.consents;

import io.ripen.engine.links.LinkProblem;
import io.ripen.engine.links.Opened;
import io.ripen.engine.links.PrivatePage;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.SignedLinks.Click;
import io.ripen.engine.links.TouchEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
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

  private static final Logger LOG = LoggerFactory.getLogger(ConfirmController.class);

  private final SignedLinks links;
  private final ConfirmationsJdbc confirmations;
  private final TouchEvents events;
  private final MessageSource words;

  ConfirmController(
      SignedLinks links, ConfirmationsJdbc confirmations, TouchEvents events, MessageSource words) {
    this.links = links;
    this.confirmations = confirmations;
    this.events = events;
    this.words = words;
  }

  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    PrivatePage.keep(response);
  }

  @GetMapping("/confirm/{token}")
  ModelAndView ask(@PathVariable String token, Locale locale) {
    return switch (links.openConfirm(token)) {
      case Opened.Genuine<Click> link -> {
        events.noteVisit("confirm", link.content().touch());
        yield page("consents/confirm", link.content())
            .addObject("wording", say(link.content(), locale));
      }
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  @PostMapping("/confirm/{token}")
  ModelAndView confirm(@PathVariable String token, HttpServletRequest request, Locale locale) {
    return switch (links.openConfirm(token)) {
      case Opened.Genuine<Click> link -> confirm(link.content(), request, locale);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  private ModelAndView confirm(Click link, HttpServletRequest request, Locale locale) {
    try {
      return switch (confirmations.standing(link.touch(), link.target())) {
        case OPEN -> confirmed(link, request, locale);
        case MOVED -> new ModelAndView("consents/confirm-moved", HttpStatus.GONE);
        case CLOSED -> new ModelAndView("consents/confirm-closed", HttpStatus.GONE);
      };
    } catch (DataAccessException e) {
      LOG.error(
          "The yes to touch {} could not be kept: {}",
          link.touch().touch(),
          e.getClass().getSimpleName());
      return new ModelAndView("consents/confirm-later", HttpStatus.SERVICE_UNAVAILABLE);
    }
  }

  /** Kept before anybody reads that it was: nobody presses the button twice. */
  private ModelAndView confirmed(Click link, HttpServletRequest request, Locale locale) {
    events.keep(
        confirmations.eventId(link.touch(), link.target()),
        "Consent Granted",
        link.touch(),
        request.getRequestURL().toString(),
        Map.of("purpose", link.target(), "wording", say(link, locale), "by", "double-opt-in: link"),
        request.getHeader("User-Agent"));
    return page("consents/confirmed", link);
  }

  /** What the button says, in the reader's language, kept as a proof. */
  private String say(Click link, Locale locale) {
    String what = words.getMessage(what(link), null, locale);
    return words.getMessage("confirm.button", new Object[] {what}, locale);
  }

  private static ModelAndView page(String view, Click link) {
    ModelAndView page = new ModelAndView(view);
    page.addObject("what", what(link));
    page.addObject("isText", link.touch().channel().equals(DoubleOptIn.TEXTS.channel()));
    return page;
  }

  private static String what(Click link) {
    return "what.%s.%s".formatted(link.target(), link.touch().channel());
  }
}
