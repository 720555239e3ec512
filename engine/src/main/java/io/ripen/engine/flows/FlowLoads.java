package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads from drawings what flows can come to. */
final class FlowLoads {

  private static final String ENTER_FLOW = "enter-flow";
  private static final String START_FLOW = "start-flow";

  private final SignalNames signals;

  FlowLoads(SignalNames signals) {
    this.signals = signals;
  }

  FlowLoad of(Flow flow) {
    Map<String, Set<String>> starts = new TreeMap<>();
    for (Flow.Waiting event : flow.waiting()) {
      if (event.startsFlow() && event.message() != null && event.message().getName() != null) {
        String signal = event.message().getName();
        starts.put(signal, signals.events().getOrDefault(signal, Set.of()));
      }
    }
    Map<List<String>, Integer> sends = new TreeMap<>(FlowLoads::byChannelAndPurpose);
    Set<String> startsFlows = new TreeSet<>();
    boolean asks = false;
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      String type = Flow.jobType(task).orElse("");
      asks |= type.equals(ENTER_FLOW);
      if (type.equals(START_FLOW)) {
        Flow.header(task, "flow").ifPresent(startsFlows::add);
      }
      SendJobs.channel(type)
          .ifPresent(
              channel ->
                  sends.merge(
                      List.of(channel, Flow.header(task, "purpose").orElse("marketing")),
                      1,
                      Integer::sum));
    }
    return new FlowLoad(
        Flow.id(flow.process()),
        starts,
        sends.entrySet().stream()
            .map(
                each ->
                    new FlowLoad.Send(
                        each.getKey().getFirst(), each.getKey().getLast(), each.getValue()))
            .toList(),
        startsFlows,
        asks);
  }

  private static int byChannelAndPurpose(List<String> one, List<String> other) {
    return String.join(" ", one).compareTo(String.join(" ", other));
  }
}
