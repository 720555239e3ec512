package io.ripen.engine.leadads;

import org.springframework.http.HttpStatus;

/** A request that is not taken; the message says what is wrong and what was expected. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;

  Refusal(HttpStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }
}
