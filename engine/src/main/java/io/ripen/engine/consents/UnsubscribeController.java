package io.ripen.engine.consents;

import io.ripen.engine.consents.Unsubscribe.Proof;
import io.ripen.engine.links.LinkProblem;
import io.ripen.engine.links.Opened;
import io.ripen.engine.links.PrivatePage;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchEvents;
import io.ripen.engine.links.TouchRef;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The unsubscribe page. Looking at it changes nothing, as mail scanners look at every link; its
 * button and the one-click POST of RFC 8058 do it.
 */
@Controller
@Profile("engine")
final class UnsubscribeController {

  private static final Logger LOG = LoggerFactory.getLogger(UnsubscribeController.class);

  private final SignedLinks links;
  private final Unsubscribe unsubscribe;
  private final TouchEvents events;

  UnsubscribeController(SignedLinks links, Unsubscribe unsubscribe, TouchEvents events) {
    this.links = links;
    this.unsubscribe = unsubscribe;
    this.events = events;
  }

  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    PrivatePage.keep(response);
  }

  @GetMapping("/unsubscribe/{token}")
  ModelAndView ask(@PathVariable String token) {
    return switch (links.openUnsubscribe(token)) {
      case Opened.Genuine<TouchRef> link -> {
        events.noteVisit("unsubscribe", link.content());
        yield page("consents/unsubscribe", link.content());
      }
      case Opened.Expired<TouchRef> link -> LinkProblem.expired();
      case Opened.Forged<TouchRef> link -> LinkProblem.forged();
    };
  }

  @PostMapping("/unsubscribe/{token}")
  ModelAndView unsubscribe(@PathVariable String token, HttpServletRequest request) {
    return switch (links.openUnsubscribe(token)) {
      case Opened.Genuine<TouchRef> link -> unsubscribe(link.content(), request);
      case Opened.Expired<TouchRef> link -> LinkProblem.expired();
      case Opened.Forged<TouchRef> link -> LinkProblem.forged();
    };
  }

  private ModelAndView unsubscribe(TouchRef touch, HttpServletRequest request) {
    boolean oneClick = isOneClick(request);
    String userAgent = request.getHeader("User-Agent");
    String url = request.getRequestURL().toString();
    Instant at;
    try {
      at =
          unsubscribe.by(
              touch,
              new Proof(oneClick ? "one-click" : "page", url, request.getRemoteAddr(), userAgent));
    } catch (DataAccessException | CannotCreateTransactionException e) {
      LOG.error(
          "Touch {} could not be unsubscribed from: {}",
          touch.touch(),
          e.getClass().getSimpleName());
      return page("consents/unsubscribe-later", touch, HttpStatus.SERVICE_UNAVAILABLE);
    }
    events.report(
        "unsubscribed-%d-%d".formatted(touch.touch(), at.toEpochMilli()),
        "Message Unsubscribed",
        touch,
        url,
        Map.of("by", oneClick ? "one-click" : "page", "purpose", touch.purpose()),
        userAgent);
    return page("consents/unsubscribed", touch);
  }

  /** RFC 8058 sends one field, as a form of either kind; our own page sends none. */
  private static boolean isOneClick(HttpServletRequest request) {
    String type = request.getContentType();
    return "One-Click".equals(request.getParameter("List-Unsubscribe"))
        || (type != null && type.startsWith("multipart/form-data"));
  }

  private ModelAndView page(String view, TouchRef touch) {
    return page(view, touch, HttpStatus.OK);
  }

  private ModelAndView page(String view, TouchRef touch, HttpStatus status) {
    ModelAndView page = new ModelAndView(view, status);
    page.addObject("what", "what.%s.%s".formatted(touch.purpose(), touch.channel()));
    page.addObject("preferences", links.preferences(touch));
    return page;
  }
}
