package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.ModelException;

/**
 * Tells by which signals a flow begins and by which it ends wherever it is: those of its event
 * subprocesses that interrupt it. Safe for use by many threads.
 */
public final class FlowGoals {

  /** A variable, and for the answer to a question the question behind it. */
  private static final Pattern KEY = Pattern.compile("=\\s*(\\w+)\\s*(?:\\+\\s*\"([^\"]*)\"\\s*)?");

  private final FlowsJdbc flows;
  private final ConcurrentHashMap<Version, Goals> known = new ConcurrentHashMap<>();

  FlowGoals(FlowsJdbc flows) {
    this.flows = flows;
  }

  private record Version(String flow, int number) {}

  /**
   * What a version of a flow begins and ends by.
   *
   * @param starts names of signals
   * @param ends what interrupts it as a whole
   */
  public record Goals(List<String> starts, List<End> ends) {
    private static final Goals NONE = new Goals(List.of(), List.of());
  }

  /**
   * A signal that ends a run.
   *
   * @param variable the variable of the run that the signal is correlated by
   * @param suffix what follows it in the key, such as a question; often nothing
   * @param after the steps that follow it, which it does not end
   */
  public record End(String signal, String variable, String suffix, Set<String> after) {}

  /** None, where nobody knows such a version. */
  public Goals of(String flow, int version) {
    Version key = new Version(flow, version);
    Goals goals = known.get(key);
    if (goals != null) {
      return goals;
    }
    // The export stream may be about to tell of it; one that is there never changes.
    Optional<Goals> read = flows.xml(flow, version).map(xml -> read(flow, xml));
    read.ifPresent(each -> known.put(key, each));
    return read.orElse(Goals.NONE);
  }

  private static Goals read(String flow, String xml) {
    try {
      return Bpmn.readModelFromStream(
              new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getModelElementsByType(Process.class)
          .stream()
          .filter(process -> flow.equals(process.getId()))
          .findFirst()
          .map(FlowGoals::read)
          .orElse(Goals.NONE);
    } catch (ModelException e) {
      // Not from us: whoever deployed it was told.
      return Goals.NONE;
    }
  }

  private static Goals read(Process process) {
    return new Goals(
        process.getChildElementsByType(StartEvent.class).stream()
            .flatMap(FlowGoals::message)
            .map(Message::getName)
            .toList(),
        process.getChildElementsByType(SubProcess.class).stream()
            .filter(SubProcess::triggeredByEvent)
            .flatMap(FlowGoals::ends)
            .toList());
  }

  private static Stream<End> ends(SubProcess way) {
    Set<String> after = steps(way).collect(Collectors.toUnmodifiableSet());
    return way.getChildElementsByType(StartEvent.class).stream()
        .filter(StartEvent::isInterrupting)
        .flatMap(FlowGoals::message)
        .flatMap(message -> end(message, after));
  }

  private static Stream<String> steps(SubProcess process) {
    return process.getFlowElements().stream()
        .flatMap(
            element ->
                element instanceof SubProcess inner
                    ? Stream.concat(Stream.of(Flow.id(inner)), steps(inner))
                    : Stream.of(Flow.id(element)));
  }

  private static Stream<Message> message(CatchEvent event) {
    return event.getEventDefinitions().stream()
        .filter(MessageEventDefinition.class::isInstance)
        .map(definition -> ((MessageEventDefinition) definition).getMessage())
        .filter(message -> message != null && message.getName() != null);
  }

  /** Whose key is more than that is no end that we can tell of. */
  private static Stream<End> end(Message message, Set<String> after) {
    return Flow.extension(message, ZeebeSubscription.class)
        .map(ZeebeSubscription::getCorrelationKey)
        .map(KEY::matcher)
        .filter(Matcher::matches)
        .map(
            key ->
                new End(message.getName(), key.group(1), Objects.toString(key.group(2), ""), after))
        .stream();
  }
}
