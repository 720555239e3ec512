package io.ripen.engine.migration;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.ripen.engine.flows.AwaitedSignal;
import io.ripen.engine.flows.ElementKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The ways through one version of a flow. An instance stands in several places at once: at a step,
 * in each sub-process around it, and in the flow itself; what can come of it is the sum of what can
 * come from each.
 */
final class FlowGraph {

  private final String processId;
  private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
  private final Map<String, List<FlowNode>> next = new HashMap<>();
  private final Map<String, Set<String>> reached = new HashMap<>();

  private FlowGraph(String processId) {
    this.processId = processId;
  }

  /** Reads BPMN that Zeebe has taken. */
  static FlowGraph read(String processId, String xml) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    FlowGraph graph = new FlowGraph(processId);
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      graph.nodes.put(node.getId(), node);
    }
    for (SequenceFlow arrow : model.getModelElementsByType(SequenceFlow.class)) {
      graph
          .next
          .computeIfAbsent(arrow.getSource().getId(), id -> new ArrayList<>())
          .add(arrow.getTarget());
    }
    return graph;
  }

  boolean has(String id) {
    return nodes.containsKey(id);
  }

  /** The element as people know it. */
  String shown(String id) {
    FlowNode node = nodes.get(id);
    return node == null ? id : Step.shown(node);
  }

  /** Of which sort it is; elements of different kinds are never each other. */
  String kind(String id) {
    return ElementKind.of(node(id));
  }

  /** The message that a step sends, where it sends one. */
  Optional<String> message(String id) {
    return Optional.ofNullable(nodes.get(id)).flatMap(Step::message);
  }

  /** The signal that an element waits for, where it waits for one. */
  Optional<AwaitedSignal> awaited(String id) {
    return Optional.ofNullable(nodes.get(id)).flatMap(AwaitedSignal::of);
  }

  /** What it lies in: a sub-process, or the flow. */
  String scope(String id) {
    return node(id).getParentElement() instanceof SubProcess around ? around.getId() : processId;
  }

  /** Whether an instance that is in there is out of all that lies beside it for good. */
  boolean interrupts(String id) {
    FlowNode node = nodes.get(id);
    return node != null
        && Step.isEventSubProcess(node)
        && starts(id).stream().anyMatch(StartEvent::isInterrupting);
  }

  /** What an instance waits for while it stands there, beside the step itself. */
  List<String> catchEvents(String place) {
    List<FlowNode> events = new ArrayList<>(boundaryEvents(place));
    if (nodes.get(place) instanceof EventBasedGateway gateway) {
      events.addAll(next(gateway));
    }
    for (FlowNode inner : eventSubProcesses(place)) {
      events.addAll(starts(inner.getId()));
    }
    return events.stream()
        .filter(node -> node instanceof CatchEvent || node instanceof ReceiveTask)
        .map(FlowNode::getId)
        .toList();
  }

  /**
   * The steps that send something and that can be reached from a place, with their messages. For a
   * sub-process or the flow itself: by what it waits for, and after its end; the way through it is
   * another place's.
   *
   * @param interrupted whether its event sub-processes can start no more
   */
  Map<String, String> sendsFrom(String place, boolean interrupted) {
    return from(place, interrupted, Step::message);
  }

  /** The steps that call another flow and that can be reached from a place, with those flows. */
  Map<String, String> callsFrom(String place, boolean interrupted) {
    return from(place, interrupted, Step::called);
  }

  /** Whether any step calls this flow. */
  boolean calls(String flow) {
    return nodes.values().stream().anyMatch(node -> Step.called(node).equals(Optional.of(flow)));
  }

  private Map<String, String> from(
      String place, boolean interrupted, Function<FlowNode, Optional<String>> does) {
    Map<String, String> steps = new TreeMap<>();
    for (String id :
        reached.computeIfAbsent(place + interrupted, key -> reach(place, interrupted))) {
      does.apply(node(id)).ifPresent(what -> steps.put(id, what));
    }
    return steps;
  }

  private Set<String> reach(String place, boolean interrupted) {
    Deque<FlowNode> open = new ArrayDeque<>(boundaryEvents(place));
    FlowNode from = nodes.get(place);
    if (from != null) {
      open.addAll(next(from));
    }
    if (!interrupted) {
      open.addAll(eventSubProcesses(place));
    }
    if (from instanceof Activity activity
        && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics) {
      open.add(from);
    }
    Set<String> ids = new TreeSet<>();
    while (!open.isEmpty()) {
      FlowNode node = open.pop();
      if (ids.add(node.getId())) {
        open.addAll(next(node));
        open.addAll(boundaryEvents(node.getId()));
        open.addAll(starts(node.getId()));
        open.addAll(eventSubProcesses(node.getId()));
      }
    }
    return ids;
  }

  private List<FlowNode> next(FlowNode node) {
    return next.getOrDefault(node.getId(), List.of());
  }

  private List<FlowNode> boundaryEvents(String id) {
    return nodes.values().stream()
        .filter(
            node ->
                node instanceof BoundaryEvent event
                    && event.getAttachedTo() != null
                    && id.equals(event.getAttachedTo().getId()))
        .toList();
  }

  private List<StartEvent> starts(String subProcess) {
    return nodes.values().stream()
        .filter(node -> node instanceof StartEvent && node.getParentElement() instanceof SubProcess)
        .filter(node -> scope(node.getId()).equals(subProcess))
        .map(StartEvent.class::cast)
        .toList();
  }

  private List<FlowNode> eventSubProcesses(String scope) {
    return nodes.values().stream()
        .filter(Step::isEventSubProcess)
        .filter(node -> scope(node.getId()).equals(scope))
        .toList();
  }

  private FlowNode node(String id) {
    FlowNode node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException(
          "element %s is not in this version of %s (expected: one that has() knows)"
              .formatted(id, processId));
    }
    return node;
  }
}
