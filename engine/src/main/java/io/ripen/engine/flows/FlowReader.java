package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.xml.ModelException;
import org.xml.sax.SAXException;

/** Reads BPMN. */
final class FlowReader {

  private FlowReader() {}

  /** The flow, or a report of why it is none. */
  static Optional<Flow> read(String file, byte[] xml, Report report) {
    Optional<BpmnModelInstance> model = model(xml, report);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    List<Process> processes = List.copyOf(model.get().getModelElementsByType(Process.class));
    if (processes.size() != 1) {
      report.error(
          "",
          "one-process",
          "it has " + processes.size() + " processes (expected: 1)",
          "draw each flow in a file of its own");
      return Optional.empty();
    }
    String[] names = file.split("/", -1);
    String name = names[names.length - 1];
    String folder = names.length < 2 ? "" : names[names.length - 2];
    return Optional.of(
        new Flow(
            file, name.substring(0, name.lastIndexOf('.')), folder, model.get(), processes.get(0)));
  }

  private static Optional<BpmnModelInstance> model(byte[] xml, Report report) {
    try {
      String root = SafeXml.parse(xml).getDocumentElement().getLocalName();
      if (!root.equals("definitions")) {
        report.error(
            "", "bpmn", "it is no BPMN (its root is " + root + ")", "draw it in a modeler");
        return Optional.empty();
      }
      return BpmnSchema.check(xml, report)
          ? Optional.of(Bpmn.readModelFromStream(new ByteArrayInputStream(xml)))
          : Optional.empty();
    } catch (SAXException e) {
      report.error(
          SafeXml.where(e),
          "xml",
          "it is no XML: " + e.getMessage(),
          "correct it, or draw it again");
      return Optional.empty();
    } catch (ModelException e) {
      report.error("", "bpmn", "it is no BPMN: " + e.getMessage(), "draw it in Camunda Modeler");
      return Optional.empty();
    }
  }
}
