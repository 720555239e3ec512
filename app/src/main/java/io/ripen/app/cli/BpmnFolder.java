package io.ripen.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the flows are. */
final class BpmnFolder {

  @Option(
      names = "--bpmn",
      paramLabel = "DIR",
      description = "the folder with a folder per flow (default: Ripen's own)")
  private Path folder = Path.of(System.getProperty("ripen.home", "."), "bpmn");

  Path path() {
    return folder;
  }
}
