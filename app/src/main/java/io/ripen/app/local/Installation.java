package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A folder in the cache that is there as a whole or not at all: it is filled under another name and
 * then renamed. A list of its files, with their sizes, tells whether somebody has damaged it since.
 */
final class Installation {

  private static final String LIST = ".files";
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** Puts the files in. */
  interface Filling {
    void into(Path folder) throws IOException;
  }

  private final Path cache;
  private final Terminal terminal;

  Installation(Path cache, Terminal terminal) {
    this.cache = cache;
    this.terminal = terminal;
  }

  /** The intact folder of this name, filled now if need be. */
  Path of(String name, Filling filling) {
    Path folder = cache.resolve(name);
    try {
      if (Files.exists(folder)) {
        if (intact(folder)) {
          return folder;
        }
        terminal.say("@|yellow " + folder + " is damaged|@: it is set up again");
        FileSystemUtils.deleteRecursively(folder);
      }
      return install(name, folder, filling);
    } catch (IOException e) {
      throw new Failure(name + " could not be set up in " + cache + ": " + DiskSpace.why(e), e);
    }
  }

  private Path install(String name, Path folder, Filling filling) throws IOException {
    Files.createDirectories(cache);
    removeAbandoned(name);
    Path half = Files.createTempDirectory(cache, "." + name + "-");
    try {
      filling.into(half);
      Files.write(half.resolve(LIST), files(half));
      Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      // Another server was faster; its work is as good.
      FileSystemUtils.deleteRecursively(half);
    } catch (IOException | RuntimeException e) {
      FileSystemUtils.deleteRecursively(half);
      throw e;
    }
    return folder;
  }

  /** What a killed run has left half done. */
  private void removeAbandoned(String name) throws IOException {
    List<Path> old = new ArrayList<>();
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        if (entry.getFileName().toString().startsWith("." + name + "-")
            && Files.getLastModifiedTime(entry)
                .toInstant()
                .isBefore(Instant.now().minus(ABANDONED))) {
          old.add(entry);
        }
      }
    }
    for (Path each : old) {
      FileSystemUtils.deleteRecursively(each);
    }
  }

  private static boolean intact(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    return Files.exists(list) && Files.readAllLines(list).equals(files(folder));
  }

  private static List<String> files(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !file.equals(folder.resolve(LIST))) {
          files.add(Files.size(file) + " " + folder.relativize(file));
        }
      }
    }
    return files;
  }
}
