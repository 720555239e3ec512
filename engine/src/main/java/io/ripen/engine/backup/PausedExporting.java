package io.ripen.engine.backup;

import io.ripen.engine.brokers.Brokers;
import java.net.URI;

/**
 * Exporters that stand still; they go on when they are told to, and also when this JVM is ended.
 */
final class PausedExporting {

  private final Brokers brokers;
  private final URI address;
  private final Thread atTheEnd;

  private PausedExporting(Brokers brokers, URI address) {
    this.brokers = brokers;
    this.address = address;
    this.atTheEnd = new Thread(this::resumeIfPossible, "resume-exporting");
  }

  static PausedExporting of(Brokers brokers, URI address) throws Brokers.Refused {
    PausedExporting paused = new PausedExporting(brokers, address);
    Runtime.getRuntime().addShutdownHook(paused.atTheEnd);
    try {
      brokers.pauseExporting();
      return paused;
    } catch (Brokers.Refused e) {
      // Some brokers may have paused.
      paused.resumeIfPossible();
      paused.forgetTheEnd();
      throw e;
    }
  }

  private void resumeIfPossible() {
    try {
      brokers.resumeExporting();
    } catch (Brokers.Refused e) {
      // There is nobody to tell; an engine asks, too, when it goes on.
    }
  }

  /** Lets them go on. */
  void resume() throws BackupFailed {
    try {
      brokers.resumeExporting();
    } catch (Brokers.Refused e) {
      throw new BackupFailed(
          "no backup was made, and Zeebe may not export: %s. Have it go on: %s"
              .formatted(e.getMessage(), Brokers.byHand(address)),
          e);
    } finally {
      forgetTheEnd();
    }
  }

  private void forgetTheEnd() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // It is the end.
    }
  }
}
