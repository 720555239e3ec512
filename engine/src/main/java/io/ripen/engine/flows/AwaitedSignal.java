package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import java.util.Objects;
import java.util.Optional;

/**
 * What an element waits for.
 *
 * @param name the signal's
 * @param key what says whose it is; empty where a signal starts a flow
 */
public record AwaitedSignal(String name, String key) {

  /** The signal that this element waits for, where it does. */
  public static Optional<AwaitedSignal> of(FlowNode node) {
    return message(node)
        .filter(message -> message.getName() != null)
        .map(message -> new AwaitedSignal(message.getName(), beginsARun(node) ? "" : key(message)));
  }

  /** It may share its message with a wait, whose key means nothing to it. */
  private static boolean beginsARun(FlowNode node) {
    return node instanceof StartEvent && node.getParentElement() instanceof Process;
  }

  /** As in: {@code replied by leadId}. */
  public String inWords() {
    return key.isEmpty() ? name : "%s by %s".formatted(name, key);
  }

  private static Optional<Message> message(FlowNode node) {
    if (node instanceof ReceiveTask task) {
      return Optional.ofNullable(task.getMessage());
    }
    return node instanceof CatchEvent event
        ? event.getEventDefinitions().stream()
            .filter(MessageEventDefinition.class::isInstance)
            .map(definition -> ((MessageEventDefinition) definition).getMessage())
            .filter(Objects::nonNull)
            .findFirst()
        : Optional.empty();
  }

  private static String key(Message message) {
    return Flow.extension(message, ZeebeSubscription.class)
        .map(ZeebeSubscription::getCorrelationKey)
        .map(key -> key.strip().replaceFirst("^=\\s*", ""))
        .orElse("");
  }
}
