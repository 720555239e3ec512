package io.ripen.engine.flows;

import java.util.List;

/** What the engine, since it was started, has yet to deploy of its folder. */
public interface FlowsToCome {

  /** The flows, in order: neither Zeebe nor our check has had its word on them. */
  List<String> ids();

  /** Whether Zeebe could not be reached when it was last asked; it is asked again. */
  boolean isZeebeAway();
}
