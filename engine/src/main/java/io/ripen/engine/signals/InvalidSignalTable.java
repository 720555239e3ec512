package io.ripen.engine.signals;

import org.jspecify.annotations.Nullable;

/** A signal table that cannot be used; the message says which file, where in it, and why. */
public final class InvalidSignalTable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidSignalTable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
