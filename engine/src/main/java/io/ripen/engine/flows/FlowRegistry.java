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
}
