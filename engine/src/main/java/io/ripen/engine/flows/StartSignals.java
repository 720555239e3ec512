package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the runs of a flow begin with.
 *
 * @param names of the signals that start it, those alone that something sends
 * @param orAnything whether it also starts without a signal: by whom, and with what, nobody can
 *     tell
 */
record StartSignals(SignalNames signals, List<String> names, boolean orAnything) {

  static StartSignals of(Flow flow, SignalNames signals) {
    List<String> names =
        flow.waiting().stream()
            .filter(Flow.Waiting::startsFlow)
            .map(Flow.Waiting::message)
            .flatMap(Stream::ofNullable)
            .map(Message::getName)
            .flatMap(Stream::ofNullable)
            .filter(name -> !signals.keys(name).isEmpty())
            .distinct()
            .toList();
    boolean orAnything =
        flow.all(StartEvent.class).stream()
            .anyMatch(
                start ->
                    start.getParentElement() instanceof Process
                        && start.getEventDefinitions().isEmpty());
    return new StartSignals(signals, names, orAnything);
  }

  /**
   * Those that need not be about such a thing.
   *
   * @param thing as in the column <i>Correlate by</i>: a cart or an order
   */
  List<String> without(String thing) {
    return names.stream().filter(name -> !signals.brings(name, thing)).toList();
  }

  /** Whether each run is about such a thing. */
  boolean allBring(String thing) {
    return !orAnything && !names.isEmpty() && without(thing).isEmpty();
  }
}
