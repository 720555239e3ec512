package io.ripen.engine.sales;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of routes as its file is now: read when it is first needed, and again when it has
 * changed, so that who gets which leads can be changed while all runs. A change that cannot be used
 * is told in the log, and the table goes on as it was.
 */
final class RoutingFile {

  private static final Logger LOG = LoggerFactory.getLogger(RoutingFile.class);

  private final Path file;
  private final MeterRegistry meters;
  private @Nullable RoutingTable table;
  private @Nullable FileTime readAt;

  RoutingFile(Path file, MeterRegistry meters) {
    this.file = file;
    this.meters = meters;
  }

  /**
   * The table.
   *
   * @throws NoRoute when there is none that can be used
   */
  synchronized RoutingTable table() throws NoRoute {
    FileTime changedAt = changedAt();
    if (table == null || !Objects.equals(changedAt, readAt)) {
      try {
        table = RoutingTable.read(file, meters);
      } catch (InvalidTable e) {
        if (table == null) {
          throw new NoRoute(String.valueOf(e.getMessage()));
        }
        LOG.error("The routes stay as they were: {}", e.getMessage());
      }
      readAt = changedAt;
    }
    return Objects.requireNonNull(table);
  }

  private @Nullable FileTime changedAt() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Reading it says what is wrong.
      return null;
    }
  }
}
