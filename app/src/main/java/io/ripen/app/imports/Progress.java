package io.ripen.app.imports;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far an import has come, in a file beside the one that is imported until that is done.
 *
 * @param origin of its events
 * @param rows how many are done
 * @param refused how many of them were refused
 * @param refusedBytes how long the report of these is
 * @param refusedDigest of that report; null where an older version wrote this
 */
record Progress(
    String origin, long rows, long refused, long refusedBytes, @Nullable String refusedDigest) {

  static Progress none(String origin) {
    return new Progress(origin, 0, 0, 0, null);
  }

  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".ripen-import");
  }

  /** What another run has left; null where there is nothing that can be read. */
  static @Nullable Progress read(Path file) {
    try {
      return Files.exists(file)
          ? JsonMapper.shared().readValue(Files.readAllBytes(file), Progress.class)
          : null;
    } catch (IOException | JacksonException e) {
      // Without it all is sent once more, and counted once.
      return null;
    }
  }

  /** Whole or not at all, whenever the power goes. */
  void write(Path file) {
    Path half = file.resolveSibling(file.getFileName() + "~");
    try {
      Files.write(half, JsonMapper.shared().writeValueAsBytes(this));
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Failure(
          "how far the import is cannot be kept in %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure("%s cannot be deleted: %s".formatted(file, e.getMessage()), e);
    }
  }
}
