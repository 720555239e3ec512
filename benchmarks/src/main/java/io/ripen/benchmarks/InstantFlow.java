package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.TimeDuration;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.nio.file.Path;

/** The flow for an abandoned cart, as a marketer drew it, but all its waits are over at once. */
final class InstantFlow {

  /** The other one's process id and job type, and what its messages' names begin with. */
  static final String DO_NOTHING = "do-nothing";

  private final BpmnModelInstance model;

  private InstantFlow(BpmnModelInstance model) {
    this.model = model;
  }

  static InstantFlow read() {
    String file = "bpmn/%1$s/%1$s.bpmn".formatted(Deployment.FLOW);
    return of(Build.root().resolve(file));
  }

  static InstantFlow of(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
    model.getModelElementsByType(TimeDuration.class).forEach(wait -> wait.setTextContent("PT0S"));
    return new InstantFlow(model);
  }

  /** The same with other names, so that both may be deployed and neither gets the other's. */
  InstantFlow withOtherNames() {
    BpmnModelInstance other = model.clone();
    other.getModelElementsByType(Process.class).forEach(process -> process.setId(DO_NOTHING));
    other
        .getModelElementsByType(Message.class)
        .forEach(message -> message.setName(DO_NOTHING + "." + message.getName()));
    other
        .getModelElementsByType(ZeebeTaskDefinition.class)
        .forEach(task -> task.setType(DO_NOTHING));
    return new InstantFlow(other);
  }

  byte[] xml() {
    return Bpmn.convertToString(model).getBytes(UTF_8);
  }
}
