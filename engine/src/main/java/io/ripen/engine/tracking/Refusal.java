package io.ripen.engine.tracking;

import org.springframework.http.HttpStatus;

/** A request that is not taken; the message says what is wrong and what was expected. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;

  private Refusal(HttpStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Sending it again won't help. */
  static Refusal badRequest(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, message);
  }

  static Refusal unauthorized(String message) {
    return new Refusal(HttpStatus.UNAUTHORIZED, message);
  }

  static Refusal forbidden(String message) {
    return new Refusal(HttpStatus.FORBIDDEN, message);
  }

  static Refusal unsupported(String message) {
    return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, message);
  }

  /** Sending it again later will help. */
  static Refusal unavailable(String message) {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, message);
  }

  HttpStatus status() {
    return status;
  }
}
