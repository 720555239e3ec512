package io.ripen.app.local;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What the log prints on the terminal: nothing while we start and stop, for then connections come
 * and go by our own doing; warnings in between. The file has it all.
 */
final class ConsoleLog {

  static final String SILENT = "OFF";
  private static final String WARNINGS = "WARN";

  private ConsoleLog() {}

  static void warnings() {
    threshold(WARNINGS);
  }

  static void silence() {
    threshold(SILENT);
  }

  private static void threshold(String level) {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      @Nullable Appender<ILoggingEvent> console = root.getAppender("CONSOLE");
      if (console != null) {
        console.getCopyOfAttachedFiltersList().stream()
            .filter(ThresholdFilter.class::isInstance)
            .map(ThresholdFilter.class::cast)
            .forEach(filter -> filter.setLevel(level));
      }
    }
  }
}
