package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One of the flows that Ripen ships, with its tables and the palette. */
final class Shipped {

  private static final Path BPMN = Path.of("..", "bpmn");

  private Shipped() {}

  /** Copies the flow for abandoned carts, so that a test may break it. */
  static void abandonedCart(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(BPMN)) {
      for (Path file : files.filter(Shipped::isOfTheFlow).toList()) {
        Path copy = to.resolve(BPMN.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static boolean isOfTheFlow(Path file) {
    Path place = BPMN.relativize(file);
    return Files.isRegularFile(file)
        && (file.toString().endsWith(".dmn") && place.getNameCount() == 1
            || place.startsWith(".camunda")
            || place.startsWith("abandoned-cart"));
  }
}
