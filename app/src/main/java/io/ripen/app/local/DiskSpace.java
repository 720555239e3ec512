package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether there is room, and what a failed write means. */
final class DiskSpace {

  private static final long MEGABYTE = 1_000_000;

  private DiskSpace() {}

  /** Refuses when less than so many megabytes can be written to the folder. */
  static void require(Path folder, long megabytes, String purpose) {
    try {
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace() / MEGABYTE;
      if (free < megabytes) {
        throw new Failure(
            "the disk of %s has %d MB free, %s needs %d MB: make room, or choose another folder"
                .formatted(folder, free, purpose, megabytes));
      }
    } catch (IOException e) {
      throw new Failure(folder + " cannot be read: " + why(e), e);
    }
  }

  /** As {@link #require}, of the disk that a folder is to be made on. */
  static void requireFor(Path folder, long megabytes, String purpose) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    require(existing, megabytes, purpose);
  }

  /** Whether a failure comes from a disk, or from a user's share of it, that is full. */
  static boolean isLacking(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (message.contains("No space left on device") || message.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  /** A file system's exceptions often hold nothing but the path. */
  static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      default -> String.valueOf(e.getMessage());
    };
  }
}
