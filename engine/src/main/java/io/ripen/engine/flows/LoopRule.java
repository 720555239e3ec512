package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** No way runs round without a pause. */
final class LoopRule implements FlowRule {

  @Override
  public void check(Flow flow, Report report) {
    Map<FlowNode, List<FlowNode>> steps = new StepsAhead(flow).all();
    loops(steps, PausingJoins.with(steps, node -> pauses(node) || node instanceof CallActivity))
        .forEach(
            loop ->
                report.error(
                    loop.getFirst(),
                    "loop-without-wait",
                    "a way leads from here back to here without a pause: it would run round and round",
                    "put a Wait or an event into the loop"));
    // Whether a called flow pauses, the drawing does not tell.
    Predicate<FlowNode> stops = PausingJoins.with(steps, LoopRule::pauses);
    steps.keySet().stream()
        .filter(CallActivity.class::isInstance)
        .filter(call -> PausingJoins.reached(call, steps, stops).contains(call))
        .forEach(
            call ->
                report.warning(
                    call,
                    "loop-by-call",
                    "a way leads from here back to here, and only the flow that is called may pause:"
                        + " if it does not, it would run round and round",
                    "put a Wait or an event into the loop, unless that flow always waits"));
  }

  /**
   * Ways that lead back to where they begin.
   *
   * @param stops where none goes on at once
   */
  private static List<List<FlowNode>> loops(
      Map<FlowNode, List<FlowNode>> steps, Predicate<FlowNode> stops) {
    List<List<FlowNode>> loops = new ArrayList<>();
    Set<FlowNode> done = new HashSet<>();
    for (FlowNode node : steps.keySet()) {
      if (!done.contains(node) && !stops.test(node)) {
        new Walk(steps, stops, new ArrayList<>(), done, loops).from(node);
      }
    }
    return loops;
  }

  private record Walk(
      Map<FlowNode, List<FlowNode>> steps,
      Predicate<FlowNode> stops,
      List<FlowNode> way,
      Set<FlowNode> done,
      List<List<FlowNode>> loops) {

    void from(FlowNode node) {
      way.add(node);
      for (FlowNode target : steps.getOrDefault(node, List.of())) {
        int before = way.indexOf(target);
        if (before >= 0) {
          loops.add(List.copyOf(way.subList(before, way.size())));
        } else if (!stops.test(target) && !done.contains(target)) {
          from(target);
        }
      }
      way.removeLast();
      done.add(node);
    }
  }

  /** Whether a flow stops here until something comes from outside, or time has passed. */
  private static boolean pauses(FlowNode node) {
    return node instanceof BoundaryEvent boundary
        ? !StepsAhead.isOfError(boundary)
        : node instanceof IntermediateCatchEvent
            || node instanceof ReceiveTask
            || node instanceof UserTask;
  }
}
