package io.ripen.engine.console;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Something that is not there; says what. */
final class NotFound extends ResponseStatusException {

  private static final long serialVersionUID = 1L;

  NotFound(String reason) {
    super(HttpStatus.NOT_FOUND, reason);
  }
}
