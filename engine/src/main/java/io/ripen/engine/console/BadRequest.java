package io.ripen.engine.console;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request that asks for something that cannot be; says what is wrong and what was expected. */
final class BadRequest extends ResponseStatusException {

  private static final long serialVersionUID = 1L;

  BadRequest(String reason, @Nullable Throwable cause) {
    super(HttpStatus.BAD_REQUEST, reason, cause);
  }
}
