package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * A flow as it is drawn.
 *
 * @param file as findings name it
 * @param name the file's name without its ending
 * @param folder the name of the folder that it lies in
 */
record Flow(String file, String name, String folder, BpmnModelInstance model, Process process) {

  /** Something that waits for a message. */
  record Waiting(FlowNode node, @Nullable Message message) {

    /** Whether it starts the flow itself; such a message needs no correlation key. */
    boolean startsFlow() {
      return node instanceof StartEvent && !(node.getParentElement() instanceof SubProcess);
    }

    /** Whether it waits from the very start of a run, before any step. */
    boolean isFromTheStart() {
      return node instanceof StartEvent
          && node.getParentElement() instanceof SubProcess around
          && around.getParentElement() instanceof Process;
    }

    /** Whether it ends what the flow was about to do. */
    boolean isExit() {
      return node instanceof StartEvent start
          && start.isInterrupting()
          && start.getParentElement() instanceof SubProcess around
          && around.triggeredByEvent();
    }
  }

  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return model.getModelElementsByType(type);
  }

  /** Whatever waits for a message, in the order of the file. */
  List<Waiting> waiting() {
    List<Waiting> waiting = new ArrayList<>();
    for (CatchEvent event : all(CatchEvent.class)) {
      for (EventDefinition definition : event.getEventDefinitions()) {
        if (definition instanceof MessageEventDefinition message) {
          waiting.add(new Waiting(event, message.getMessage()));
        }
      }
    }
    for (ReceiveTask task : all(ReceiveTask.class)) {
      waiting.add(new Waiting(task, task.getMessage()));
    }
    return waiting;
  }

  /** The job type of a task, where it has one. */
  static Optional<String> jobType(ServiceTask task) {
    return extension(task, ZeebeTaskDefinition.class).map(ZeebeTaskDefinition::getType);
  }

  /** A header of a task, where it has it. */
  static Optional<String> header(ServiceTask task, String key) {
    return extension(task, ZeebeTaskHeaders.class).stream()
        .flatMap(headers -> headers.getHeaders().stream())
        .filter(header -> key.equals(header.getKey()))
        .map(ZeebeHeader::getValue)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  /** What Zeebe gives a task as this variable, where it has it. */
  static Optional<String> input(ServiceTask task, String name) {
    return extension(task, ZeebeIoMapping.class).stream()
        .flatMap(mapping -> mapping.getInputs().stream())
        .filter(input -> name.equals(input.getTarget()))
        .map(ZeebeInput::getSource)
        .filter(source -> source != null && !source.isBlank())
        .findFirst();
  }

  /** An extension of an element, where it has it. */
  static <T extends BpmnModelElementInstance> Optional<T> extension(
      BaseElement element, Class<T> type) {
    return Optional.ofNullable(element.getExtensionElements()).stream()
        .flatMap(extensions -> extensions.getChildElementsByType(type).stream())
        .findFirst();
  }

  /** The step, event or arrow that something is a part of; of a message, what waits for it. */
  ModelElementInstance drawn(ModelElementInstance part) {
    ModelElementInstance here = part;
    while (here != null && !(here instanceof FlowElement)) {
      if (here instanceof Message message) {
        return waiting().stream()
            .filter(event -> message.equals(event.message()))
            .findFirst()
            .<ModelElementInstance>map(Waiting::node)
            .orElse(process);
      }
      here = here.getParentElement();
    }
    return here == null ? process : here;
  }

  static String id(ModelElementInstance element) {
    String id = element.getAttributeValue("id");
    return id == null ? "" : id;
  }
}
