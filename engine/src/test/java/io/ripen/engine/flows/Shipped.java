package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Two of the flows that Ripen ships, with their tables and the palette, and a form for sites. */
final class Shipped {

  private static final Path BPMN = Path.of("..", "bpmn");

  private Shipped() {}

  /** Copies the flow for abandoned carts and that for sales, so that a test may break them. */
  static void flows(Path to) throws IOException {
    copy(Shipped::isOfThem, to);
  }

  /** One more of them. */
  static void also(String flow, Path to) throws IOException {
    copy(file -> Files.isRegularFile(file) && BPMN.relativize(file).startsWith(flow), to);
  }

  private static void copy(Predicate<Path> which, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(BPMN)) {
      for (Path file : files.filter(which).toList()) {
        Path copy = to.resolve(BPMN.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    // The palette as it is where only these are there.
    var unused = new FlowCheck(to).palette().renew();
  }

  private static boolean isOfThem(Path file) {
    Path place = BPMN.relativize(file);
    return Files.isRegularFile(file)
        && (file.toString().endsWith(".dmn") && place.getNameCount() == 1
            || place.startsWith(".camunda")
            || place.startsWith("abandoned-cart")
            || place.startsWith("sales-handoff")
            || place.startsWith("forms/contact.form"));
  }
}
