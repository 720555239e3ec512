package io.ripen.engine.flows;

import java.util.Set;

/**
 * What a flow can come to.
 *
 * @param flow the BPMN process id
 * @param starts the signals that begin it
 * @param messages how many steps of it send something: the most that one run sends without a loop
 */
public record FlowLoad(String flow, Set<String> starts, int messages) {}
