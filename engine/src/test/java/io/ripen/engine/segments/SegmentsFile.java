package io.ripen.engine.segments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes segments down as Camunda Modeler does. */
public final class SegmentsFile {

  private static final String FILE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions"
        name="Segments" namespace="http://camunda.org/schema/1.0/dmn">
      %s</definitions>
      """;

  private final StringBuilder decisions = new StringBuilder();

  public SegmentsFile with(String id, String condition) {
    String text = condition.replace("&", "&amp;").replace("<", "&lt;");
    return raw(
        """
        <decision id="%s" name="Of %s"><literalExpression><text>%s</text></literalExpression></decision>
        """
            .formatted(id, id, text));
  }

  SegmentsFile raw(String xml) {
    decisions.append(xml);
    return this;
  }

  public Segments read() {
    try {
      Path file = Files.createTempDirectory("segments").resolve(Segments.FILE.name());
      Files.writeString(file, FILE.formatted(decisions));
      return Segments.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
