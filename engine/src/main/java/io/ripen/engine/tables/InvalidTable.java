package io.ripen.engine.tables;

import org.jspecify.annotations.Nullable;

/** A table that cannot be used; the message says which file, where in it, and why. */
public final class InvalidTable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidTable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
