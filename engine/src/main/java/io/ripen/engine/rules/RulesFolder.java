package io.ripen.engine.rules;

import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The rule files that Ripen came with, or that were edited since. */
record RulesFolder(Path bpmn) {

  Path path(RuleFile<?> file) {
    return bpmn.resolve(file.path());
  }

  /**
   * What is in it; nothing where a flow's file is missing.
   *
   * @throws InvalidTable when it cannot be read
   */
  Optional<byte[]> content(RuleFile<?> file) {
    Path path = path(file);
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      if (file.isOfFlow()) {
        return Optional.empty();
      }
      throw new InvalidTable(
          path + ": there is no such file (expected: one that Camunda Modeler opens)", e);
    } catch (IOException e) {
      throw new InvalidTable(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
