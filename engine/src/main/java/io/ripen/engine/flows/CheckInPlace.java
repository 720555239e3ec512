package io.ripen.engine.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Checks files that somebody sends as if they lay in the folder already: beside the messages,
 * templates, tables and forms that are there, and instead of what they replace.
 */
final class CheckInPlace {

  private final FlowCheck check;

  /**
   * @param check of the folder, which stays as it is
   */
  CheckInPlace(FlowCheck check) {
    this.check = check;
  }

  /**
   * What is wrong with the files.
   *
   * @param rules the files of rules that hold by now, whatever the folder has; by name
   * @param files by name, without a folder
   */
  List<Finding> check(Map<String, byte[]> rules, Map<String, byte[]> files) {
    try {
      Path copy = Files.createTempDirectory("ripen-check");
      try {
        mirror(copy);
        put(copy, rules);
        return check.of(copy).checkToDeploy(put(copy, files));
      } finally {
        FileSystemUtils.deleteRecursively(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s could not be laid out to check what is to be deployed".formatted(check.folder()), e);
    }
  }

  /** Links, as some of the files that flows deliver are large. */
  private void mirror(Path copy) throws IOException {
    Path folder = check.folder().toRealPath();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path there = copy.resolve(folder.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(there);
        } else {
          Files.createSymbolicLink(there, each);
        }
      }
    }
  }

  private List<Path> put(Path copy, Map<String, byte[]> files) throws IOException {
    List<Path> put = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path there = copy.resolve(check.folder().relativize(check.place(file.getKey())).toString());
      Files.createDirectories(there.getParent());
      Files.deleteIfExists(there);
      put.add(Files.write(there, file.getValue()));
    }
    return put;
  }
}
