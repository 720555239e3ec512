package io.ripen.engine.flows;

/** One thing that a flow has to be. */
@FunctionalInterface
interface FlowRule {

  void check(Flow flow, Report report);
}
