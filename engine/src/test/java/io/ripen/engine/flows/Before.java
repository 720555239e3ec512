package io.ripen.engine.flows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in service, as a test says. */
record Before(Map<String, String> flows, Set<String> decisions) implements Existing {

  @Override
  public Optional<String> newest(String flow) {
    return Optional.ofNullable(flows.get(flow));
  }
}
