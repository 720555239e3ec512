package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.Process;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.xml.ModelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/**
 * What Ripen has to know of a flow that somebody deployed, perhaps past its checks.
 *
 * @param name the process's name, or its id where it has none
 * @param signals the names of all messages that it waits for, be it to start or to go on
 */
record FlowSummary(String name, Set<String> signals) {

  private static final Logger LOG = LoggerFactory.getLogger(FlowSummary.class);

  /** A flow that cannot be read waits for nothing. */
  static FlowSummary of(String processId, String xml) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    try {
      SafeXml.parse(bytes);
      BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(bytes));
      return new FlowSummary(name(processId, model), signals(processId, model));
    } catch (SAXException | ModelException e) {
      LOG.warn("Flow {} cannot be read, so that no signal will reach it", processId, e);
      return new FlowSummary(processId, Set.of());
    }
  }

  private static String name(String processId, BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).stream()
        .filter(process -> processId.equals(process.getId()))
        .map(Process::getName)
        .filter(name -> name != null && !name.isBlank())
        .findFirst()
        .orElse(processId);
  }

  private static Set<String> signals(String processId, BpmnModelInstance model) {
    Set<String> signals = new TreeSet<>();
    for (Message message : model.getModelElementsByType(Message.class)) {
      String name = message.getName();
      if (name != null && !name.startsWith("=")) {
        signals.add(name);
      } else {
        LOG.warn(
            "Flow {} waits for a message whose name is computed ({}): no signal will reach it",
            processId,
            name);
      }
    }
    return signals;
  }
}
