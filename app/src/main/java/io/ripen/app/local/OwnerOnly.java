package io.ripen.app.local;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold secrets or people's data are nobody else's business. */
final class OwnerOnly {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  static void restrict(Path path) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  /** Writes the file as a whole or not at all. */
  static void write(Path file, String content) throws IOException {
    Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".half-", ".tmp");
    restrict(half);
    Files.writeString(half, content);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
