package io.ripen.engine.gate;

import io.ripen.engine.leads.Subject;

/**
 * The run of a flow that wants to send something.
 *
 * @param flow the BPMN process id
 * @param step the id of the element that sends
 * @param about the ids that the run has as variables
 */
public record Run(String flow, int version, String step, Subject about) {}
