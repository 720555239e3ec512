package io.ripen.engine.console;

import io.ripen.engine.flows.FlowsToCome;
import java.util.List;

/** What a test says is to come; nothing, unless it does. */
final class FakeFlowsToCome implements FlowsToCome {

  volatile List<String> ids = List.of();
  volatile boolean zeebeAway;

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public boolean isZeebeAway() {
    return zeebeAway;
  }
}
