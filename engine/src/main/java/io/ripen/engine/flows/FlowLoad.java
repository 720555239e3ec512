package io.ripen.engine.flows;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a flow can come to.
 *
 * @param flow the BPMN process id
 * @param starts the signals that begin it, each with the events that raise it; none where something
 *     else than an event alone does
 * @param sends what it sends: the most that one run does without a loop
 * @param startsFlows the flows that steps of it start
 * @param asksWhoMayEnter whether not everybody for whom it begins gets further
 */
public record FlowLoad(
    String flow,
    Map<String, Set<String>> starts,
    List<Send> sends,
    Set<String> startsFlows,
    boolean asksWhoMayEnter) {

  /**
   * What it sends in one way.
   *
   * @param steps how many steps of the flow do
   */
  public record Send(String channel, String purpose, int steps) {}
}
