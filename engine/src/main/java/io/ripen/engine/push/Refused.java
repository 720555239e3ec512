package io.ripen.engine.push;

import java.time.Duration;

/** What a browser asked for is not done; says why. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Duration after;

  Refused(int status, String message) {
    this(status, message, Duration.ZERO);
  }

  /**
   * @param after when it may be asked again; zero says nothing
   */
  Refused(int status, String message, Duration after) {
    super(message);
    this.status = status;
    this.after = after;
  }

  int status() {
    return status;
  }

  Duration after() {
    return after;
  }
}
