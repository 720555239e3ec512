package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways through a flow: all can be reached, all end, and none runs round without a pause. */
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
    checkLoops(next, report);
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

  private static void checkLoops(Map<FlowNode, List<FlowNode>> next, Report report) {
    Set<FlowNode> done = new HashSet<>();
    for (FlowNode node : next.keySet()) {
      if (!done.contains(node) && !pauses(node)) {
        walk(node, next, new ArrayList<>(), done, report);
      }
    }
  }

  private static void walk(
      FlowNode node,
      Map<FlowNode, List<FlowNode>> next,
      List<FlowNode> way,
      Set<FlowNode> done,
      Report report) {
    way.add(node);
    for (FlowNode target : next.getOrDefault(node, List.of())) {
      if (way.contains(target)) {
        report.error(
            target,
            "loop-without-wait",
            "a way leads from here back to here without a pause: it would run round and round",
            "put a Wait or an event into the loop");
      } else if (!pauses(target) && !done.contains(target)) {
        walk(target, next, way, done, report);
      }
    }
    way.remove(way.size() - 1);
    done.add(node);
  }

  /** Whether a flow stops here until something comes from outside, or time has passed. */
  private static boolean pauses(FlowNode node) {
    if (node instanceof BoundaryEvent boundary) {
      return boundary.getEventDefinitions().stream()
          .noneMatch(ErrorEventDefinition.class::isInstance);
    }
    return node instanceof IntermediateCatchEvent
        || node instanceof ReceiveTask
        || node instanceof UserTask;
  }
}
