package io.ripen.engine.backup;

import org.jspecify.annotations.Nullable;

/** A backup is not made, or not brought back; the message says why and what to do. */
public final class BackupFailed extends Exception {

  private static final long serialVersionUID = 1L;

  BackupFailed(String message) {
    super(message);
  }

  BackupFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
