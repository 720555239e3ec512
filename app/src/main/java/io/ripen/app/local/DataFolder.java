package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * All that the local server keeps: {@code postgres}, {@code kafka}, {@code zeebe} (data), {@code
 * logs}, {@code run} (lock and pid files), and the secrets. One server at a time has it.
 */
final class DataFolder implements AutoCloseable {

  private static final long NEEDED_MEGABYTES = 1_000;

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Makes the folder where it is missing, and takes it for this process. */
  static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (!Files.exists(root)) {
        Files.createDirectories(root);
        OwnerOnly.restrict(root);
      }
      Files.createDirectories(root.resolve("run"));
      Files.createDirectories(root.resolve("logs"));
      DiskSpace.require(root, NEEDED_MEGABYTES, "the local server");
      return new DataFolder(root, lock(root));
    } catch (IOException e) {
      throw new Failure(
          "the data folder "
              + root
              + " cannot be used: "
              + DiskSpace.why(e)
              + ". Choose another with --data",
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Path owner = root.resolve("run/owner");
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Taken within this very process, which only tests do; the same answer.
    }
    channel.close();
    throw new Failure(
        "the data folder %s is in use by another Ripen (process %s): stop that one, or choose another folder with --data"
            .formatted(root, Files.exists(owner) ? Files.readString(owner).strip() : "unknown"));
  }

  Path root() {
    return root;
  }

  /** Where this part keeps its data. */
  Path of(Part part) {
    return root.resolve(part.id());
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path log(Part part) {
    return logs().resolve(part.id() + ".log");
  }

  Path run() {
    return root.resolve("run");
  }

  /** Lets others have it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
