package io.ripen.engine.links;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.links.SignedLinks.Click;
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
 * The page behind a link that answers a question. It sends the answer by itself as soon as it is
 * shown in a browser; a mail scanner that only looks at the link answers nothing, and one that runs
 * the page is told from people as with all links.
 */
@Controller
@Profile("engine")
final class AnswerController {

  private final SignedLinks links;
  private final TouchEvents events;

  AnswerController(SignedLinks links, TouchEvents events) {
    this.links = links;
    this.events = events;
  }

  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    PrivatePage.keep(response);
  }

  @GetMapping(SignedLinks.ANSWER_PATH + "{token}")
  ModelAndView ask(@PathVariable String token) {
    return switch (links.openAnswer(token)) {
      case Opened.Genuine<Click> link -> asked(link.content());
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  @PostMapping(SignedLinks.ANSWER_PATH + "{token}")
  ModelAndView answer(@PathVariable String token, HttpServletRequest request) {
    return switch (links.openAnswer(token)) {
      case Opened.Genuine<Click> link -> answered(link.content(), request);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  private ModelAndView asked(Click link) {
    events.noteVisit(link.target(), link.touch());
    return new ModelAndView("links/answer");
  }

  private ModelAndView answered(Click link, HttpServletRequest request) {
    int equals = link.target().indexOf('=');
    if (Visitor.isProgram(request)) {
      events.noteVisit(link.target(), link.touch());
    } else if (equals > 0) {
      events.reportVisit(
          link.target(),
          UuidCreator.getTimeOrderedEpoch().toString(),
          "Question Answered",
          link.touch(),
          request.getRequestURL().toString(),
          Map.of(
              "question", link.target().substring(0, equals),
              "answer", link.target().substring(equals + 1)),
          request.getHeader("User-Agent"));
    }
    return new ModelAndView("links/answered");
  }
}
