package io.ripen.engine.gate;

/** The channels that are set up here. */
public interface Channels {

  boolean has(Medium medium);
}
