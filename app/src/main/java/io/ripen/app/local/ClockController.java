package io.ripen.app.local;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Moves the time of the local server, Zeebe's and Ripen's together. Takes nothing but JSON: a page
 * of another site cannot send that without asking first.
 */
@RestController
@Profile("local")
@RequestMapping("/api/local/clock")
class ClockController {

  private final Clock clock;
  private final ObjectProvider<LocalStack> stack;

  ClockController(Clock clock, ObjectProvider<LocalStack> stack) {
    this.clock = clock;
    this.stack = stack;
  }

  /**
   * @param now the time that flows live in
   * @param offset how far that is ahead of the real time
   */
  record Time(Instant now, Duration offset) {}

  /**
   * @param advance an ISO 8601 duration, such as {@code PT1H} or {@code P1D}
   */
  record Step(@Nullable String advance) {}

  @GetMapping
  Time time() {
    Duration offset = clock instanceof LocalClock local ? local.offset() : Duration.ZERO;
    return new Time(clock.instant(), offset);
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Time advance(@RequestBody Step step) {
    @Nullable LocalStack local = stack.getIfAvailable();
    if (local == null || !local.runs(Part.ZEEBE)) {
      throw problem(
          HttpStatus.CONFLICT,
          "Zeebe was not started by this server, so its time cannot be moved",
          null);
    }
    try {
      local.advance(Duration.parse(String.valueOf(step.advance())));
      return time();
    } catch (DateTimeException e) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "advance: %s (expected: an ISO 8601 duration such as PT1H or P1D)"
              .formatted(step.advance()),
          e);
    } catch (IllegalArgumentException e) {
      throw problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw problem(HttpStatus.BAD_GATEWAY, String.valueOf(e.getMessage()), e);
    }
  }

  private static ErrorResponseException problem(
      HttpStatus status, String detail, @Nullable Throwable cause) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), cause);
  }
}
