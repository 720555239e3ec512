package io.ripen.engine.tracking;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The Segment HTTP tracking API, under the long paths that are documented and the short ones that
 * Segment's scripts use.
 */
@RestController
@Profile("engine")
final class TrackingController {

  private static final int LARGEST_EVENT = 32 * 1024;

  private static final int LARGEST_BATCH = 500 * 1024;

  private static final String RETRY_SECONDS = "5";

  private final RequestParser parser;
  private final Callers callers;
  private final Intake intake;
  private final AcceptEvents acceptEvents;

  TrackingController(
      RequestParser parser, Callers callers, Intake intake, AcceptEvents acceptEvents) {
    this.parser = parser;
    this.callers = callers;
    this.intake = intake;
    this.acceptEvents = acceptEvents;
  }

  @PostMapping({"/v1/track", "/v1/t"})
  ResponseEntity<Answer> track(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "track");
  }

  @PostMapping({"/v1/page", "/v1/p"})
  ResponseEntity<Answer> page(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "page");
  }

  @PostMapping({"/v1/identify", "/v1/i"})
  ResponseEntity<Answer> identify(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "identify");
  }

  @PostMapping({"/v1/alias", "/v1/a"})
  ResponseEntity<Answer> alias(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "alias");
  }

  @PostMapping({"/v1/group", "/v1/g"})
  ResponseEntity<Answer> group(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "group");
  }

  @PostMapping({"/v1/screen", "/v1/s"})
  ResponseEntity<Answer> screen(HttpServletRequest http) throws IOException, Refusal {
    return one(http, "screen");
  }

  @PostMapping({"/v1/batch", "/v1/b", "/v1/import", "/v1/import/"})
  ResponseEntity<Answer> batch(HttpServletRequest http) throws IOException, Refusal {
    return take(http, LARGEST_BATCH, parser::batch);
  }

  @ExceptionHandler
  ResponseEntity<Answer> refused(Refusal refusal, HttpServletRequest http) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status());
    if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    // A browser would ask the visitor of the shop for a password.
    if (refusal.status() == HttpStatus.UNAUTHORIZED && http.getHeader("Origin") == null) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ripen\", charset=\"UTF-8\"");
    }
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answer.refused(refusal.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<Answer> brokenOff(IOException e) {
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answer.refused("the body broke off (expected: as long as its headers say)"));
  }

  private ResponseEntity<Answer> one(HttpServletRequest http, String type)
      throws IOException, Refusal {
    return take(http, LARGEST_EVENT, body -> parser.single(body, type));
  }

  private ResponseEntity<Answer> take(HttpServletRequest http, int largest, Parsing parsing)
      throws IOException, Refusal {
    Optional<Site> known = callers.byHeader(http);
    byte[] body = RequestBody.read(http, largest);
    intake.enter(body.length);
    try {
      TrackingRequest request = parsing.parse(body);
      Site site = known.isPresent() ? known.get() : callers.byBody(http, request.writeKey());
      // A sender that can set headers is a server, which says the visitor's user agent and address,
      // if at all, in the event.
      var visitor =
          known.isPresent()
              ? null
              : new AcceptEvents.Visitor(
                  http.getHeader(HttpHeaders.USER_AGENT), http.getRemoteAddr());
      List<String> problems = acceptEvents.accept(request, site, visitor);
      return answer(request.messages().size(), problems);
    } finally {
      intake.leave(body.length);
    }
  }

  private static ResponseEntity<Answer> answer(int events, List<String> problems) {
    if (problems.isEmpty()) {
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Answer.taken());
    }
    Answer answer =
        events == 1 ? Answer.refused(problems.getFirst()) : Answer.partlyTaken(events, problems);
    return ResponseEntity.badRequest().contentType(MediaType.APPLICATION_JSON).body(answer);
  }

  /** Makes a request of a body. */
  private interface Parsing {
    TrackingRequest parse(byte[] body) throws Refusal;
  }
}
