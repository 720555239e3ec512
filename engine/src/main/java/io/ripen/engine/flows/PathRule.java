package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways through a flow: all can be reached, and all end. */
final class PathRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    Map<FlowNode, List<FlowNode>> next = next(flow);
    Set<FlowNode> reached = reached(next);
    for (FlowNode node : lostFirst(next, reached)) {
      report.error(
          node, "unreachable", "no way leads here", "connect it with an arrow, or take it away");
    }
    for (FlowNode node : reached) {
      if (node.getOutgoing().isEmpty() && !endsHere(node)) {
        report.warning(
            node, "no-end", "the way stops here", "lead it to an end event that says how it ended");
      }
    }
  }

  /** Where each node leads to: along arrows, onto its boundary, and into a sub-process. */
  private static Map<FlowNode, List<FlowNode>> next(Flow flow) {
    Map<FlowNode, List<FlowNode>> next = new LinkedHashMap<>();
    for (FlowNode node : flow.all(FlowNode.class)) {
      List<FlowNode> targets = next.computeIfAbsent(node, any -> new ArrayList<>());
      for (SequenceFlow arrow : node.getOutgoing()) {
        if (arrow.getTarget() != null) {
          targets.add(arrow.getTarget());
        }
      }
      if (node instanceof BoundaryEvent boundary && boundary.getAttachedTo() != null) {
        next.computeIfAbsent(boundary.getAttachedTo(), any -> new ArrayList<>()).add(boundary);
      }
    }
    return next;
  }

  private static Set<FlowNode> reached(Map<FlowNode, List<FlowNode>> next) {
    return reached(
        next,
        next.keySet().stream()
            .filter(node -> node instanceof StartEvent || isEventSubProcess(node))
            .toList());
  }

  /** Of what cannot be reached, what the rest would be reached from: more would repeat it. */
  private static List<FlowNode> lostFirst(
      Map<FlowNode, List<FlowNode>> next, Set<FlowNode> reached) {
    List<FlowNode> lost = next.keySet().stream().filter(node -> !reached.contains(node)).toList();
    Set<FlowNode> followed = new HashSet<>();
    lost.forEach(node -> followed.addAll(next.getOrDefault(node, List.of())));
    List<FlowNode> first = new ArrayList<>(lost);
    first.removeAll(followed);
    Set<FlowNode> explained = reached(next, first);
    // What is left goes round in circles.
    for (FlowNode node : lost) {
      if (!explained.contains(node)) {
        first.add(node);
        explained.addAll(reached(next, List.of(node)));
      }
    }
    return first;
  }

  private static Set<FlowNode> reached(
      Map<FlowNode, List<FlowNode>> next, List<FlowNode> beginnings) {
    Set<FlowNode> reached = new LinkedHashSet<>();
    Deque<FlowNode> open = new ArrayDeque<>(beginnings);
    while (!open.isEmpty()) {
      FlowNode node = open.pop();
      if (reached.add(node)) {
        open.addAll(next.getOrDefault(node, List.of()));
      }
    }
    return reached;
  }

  private static boolean endsHere(FlowNode node) {
    return node instanceof EndEvent || isEventSubProcess(node);
  }

  private static boolean isEventSubProcess(FlowNode node) {
    return node instanceof SubProcess process && process.triggeredByEvent();
  }
}
