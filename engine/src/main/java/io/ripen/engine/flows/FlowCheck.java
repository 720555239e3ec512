package io.ripen.engine.flows;

import java.nio.file.Path;
import java.util.List;

/** Looks flows, tables, element templates and messages over; needs no server. */
public final class FlowCheck {

  private final Path bpmn;

  /**
   * @param bpmn the folder with a folder per flow
   */
  public FlowCheck(Path bpmn) {
    this.bpmn = bpmn;
  }

  /** Everything that is wrong anywhere in the folder, ordered by file. */
  public List<Finding> all() {
    return List.of();
  }

  /**
   * What is wrong with some files, and with the messages of those that are flows.
   *
   * @param files {@code .bpmn} and {@code .dmn} files, and element templates
   */
  public List<Finding> check(List<Path> files) {
    return List.of();
  }

  /** The folder with a folder per flow. */
  public Path folder() {
    return bpmn;
  }
}
