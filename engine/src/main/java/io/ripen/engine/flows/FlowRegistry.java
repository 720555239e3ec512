package io.ripen.engine.flows;

import java.time.Instant;

/** The flows that Zeebe knows, whoever deployed them. */
public interface FlowRegistry {

  /**
   * Notes a version of a flow; noting it again changes nothing. Called after our own deploy, and
   * for each process that Zeebe's export stream tells of (a deploy from Camunda Modeler, say).
   *
   * @param processKey Zeebe's process definition key
   * @param xml the BPMN
   */
  void register(long processKey, String processId, int version, String xml, Instant deployedAt);

  /**
   * Notes who deployed a version that is there; not where it was there before, since whoever
   * deploys the same again changes nothing.
   *
   * @param deployedAt when they did
   */
  default void credit(long processKey, String by, Instant deployedAt) {}

  /**
   * Forgets what was deployed earlier: it was to a Zeebe that has lost its data since. Who keeps
   * nothing has nothing to forget.
   *
   * @param firstDeploy when the first flow came to the one that took its place
   */
  default void forgetBefore(Instant firstDeploy) {}
}
