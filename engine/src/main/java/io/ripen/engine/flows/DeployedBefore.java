package io.ripen.engine.flows;

import io.ripen.engine.rules.KeepRules;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the database knows to be in service. */
final class DeployedBefore implements Existing {

  private final FlowsJdbc flows;
  private final KeepRules tables;

  DeployedBefore(FlowsJdbc flows, KeepRules tables) {
    this.flows = flows;
    this.tables = tables;
  }

  @Override
  public Optional<String> newest(String flow) {
    return flows.newest(flow).flatMap(flows::xml);
  }

  @Override
  public Set<String> decisions() {
    Set<String> ids = new TreeSet<>();
    tables
        .others()
        .forEach(
            (name, content) -> {
              if (FlowCheck.isTable(Path.of(name))) {
                ids.addAll(CallableIds.decisions(content));
              }
            });
    return ids;
  }
}
