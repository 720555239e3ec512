package io.ripen.engine.links;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lead magnets of flows: the files in {@code FLOW/files}, each known by its name without the
 * ending. Safe for use by many threads.
 */
public final class Magnets {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  private final Path bpmn;

  /**
   * @param bpmn the folder with the flows
   */
  public Magnets(Path bpmn) {
    this.bpmn = bpmn;
  }

  /** The file that this flow hands out by this name, if it is there now. */
  public Optional<Path> find(String flow, String magnet) {
    Path folder = bpmn.resolve(flow).resolve("files");
    if (!NAME.matcher(flow).matches()
        || !NAME.matcher(magnet).matches()
        || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "").equals(magnet))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(folder), e);
    }
  }
}
