package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ParallelGateway;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Where ways meet and wait for each other, one that pauses makes all pause. */
final class PausingJoins {

  private PausingJoins() {}

  /**
   * What stops, with the joins that wait for something of it.
   *
   * @param steps what a run comes to next from each element
   */
  static Predicate<FlowNode> with(Map<FlowNode, List<FlowNode>> steps, Predicate<FlowNode> stops) {
    Set<FlowNode> joins = new HashSet<>();
    Predicate<FlowNode> all = node -> stops.test(node) || joins.contains(node);
    boolean found = true;
    while (found) {
      // One that is found may make another one pause.
      found = joins.addAll(steps.keySet().stream().filter(it -> waits(it, steps, all)).toList());
    }
    return all;
  }

  /** Whether a run that leaves it cannot be back on each of its ways in without a pause. */
  private static boolean waits(
      FlowNode node, Map<FlowNode, List<FlowNode>> steps, Predicate<FlowNode> stops) {
    if (!(node instanceof ParallelGateway) || node.getIncoming().size() < 2) {
      return false;
    }
    Set<FlowNode> reached = reached(node, steps, stops);
    return node.getIncoming().stream()
        .map(SequenceFlow::getSource)
        .filter(Objects::nonNull)
        .anyMatch(
            source ->
                reached.stream()
                    .filter(it -> steps.getOrDefault(it, List.of()).contains(node))
                    .noneMatch(it -> isIn(it, source)));
  }

  /** All that a run comes to from there without a stop. */
  static Set<FlowNode> reached(
      FlowNode from, Map<FlowNode, List<FlowNode>> steps, Predicate<FlowNode> stops) {
    Set<FlowNode> reached = new HashSet<>();
    Deque<FlowNode> open = new ArrayDeque<>(steps.getOrDefault(from, List.of()));
    while (!open.isEmpty()) {
      FlowNode node = open.pop();
      if (!stops.test(node) && reached.add(node)) {
        open.addAll(steps.getOrDefault(node, List.of()));
      }
    }
    return reached;
  }

  /** A sub-process goes on from its ends. */
  private static boolean isIn(FlowNode node, FlowNode around) {
    for (ModelElementInstance here = node; here != null; here = here.getParentElement()) {
      if (here.equals(around)) {
        return true;
      }
    }
    return false;
  }
}
