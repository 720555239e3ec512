package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** The flow as a whole: its name, its platform, its start. */
final class ProcessRule implements FlowRule {

  private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

  @Override
  public void check(Flow flow, Report report) {
    Process process = flow.process();
    if (!process.isExecutable()) {
      report.error(
          process, "executable", "it is not executable", "tick Executable on the empty canvas");
    }
    if (!flow.name().equals(process.getId())) {
      report.error(
          process,
          "process-id",
          "the process is called %s, the file %s".formatted(process.getId(), flow.name()),
          "give both the same name: messages are found by it");
    } else if (!flow.folder().equals(process.getId())) {
      report.error(
          process,
          "process-folder",
          "it lies in the folder \"%s\"".formatted(flow.folder()),
          "move it to " + process.getId() + "/" + process.getId() + ".bpmn");
    }
    if (process.getName() == null || process.getName().isBlank()) {
      report.warning(
          process, "process-name", "it has no name", "give it one that people read in the console");
    }
    checkPlatform(flow, report);
    if (process.getFlowElements().stream().noneMatch(StartEvent.class::isInstance)) {
      report.error(
          process, "start", "nothing starts it", "begin it with an event such as Cart updated");
    }
  }

  private static void checkPlatform(Flow flow, Report report) {
    ModelElementInstance definitions = flow.model().getDefinitions();
    String platform = definitions.getAttributeValueNs(MODELER, "executionPlatform");
    String version = definitions.getAttributeValueNs(MODELER, "executionPlatformVersion");
    if (!"Camunda Cloud".equals(platform)) {
      report.error(
          "",
          "platform",
          platform == null
              ? "it is drawn for no platform"
              : "it is drawn for " + platform + " " + version,
          "draw it as a BPMN diagram for Camunda 8");
    } else if (version == null || !version.startsWith("8.")) {
      report.error(
          "",
          "platform",
          "it is drawn for Camunda " + version,
          "choose Camunda 8.6 at the lower left of Camunda Modeler");
    }
  }
}
