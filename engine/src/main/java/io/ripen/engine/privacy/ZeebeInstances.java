package io.ripen.engine.privacy;

/** Ends running instances in Zeebe. */
interface ZeebeInstances {

  /** What came of it. */
  enum Answer {
    /** It ran, and does not any more. */
    STOPPED,
    /** It had ended, or there is no such instance. */
    GONE,
    /** It is part of another one, and ends with that. */
    PART
  }

  /**
   * Ends an instance.
   *
   * @throws Away when Zeebe cannot do it now
   */
  Answer stop(long instance);

  /** Zeebe is away, or does not do it now. */
  final class Away extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Away(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
