package io.ripen.engine.flows;

/**
 * Published when it is known what flows wait for: at once where some were deployed before, else
 * after the first deploy. An event that was applied earlier would have led to no signal. Told once
 * or more often.
 */
public record FlowsKnown() {}
