package io.ripen.engine.console;

import io.ripen.engine.monitoring.FlowStatistics.Version;
import io.ripen.engine.splits.SplitResult;
import io.ripen.engine.splits.SplitResults;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The results of A/B splits as the console shows them. */
@Component
@Profile("engine")
final class FlowSplits {

  private final SplitResults results;
  private final Flows flows;

  FlowSplits(SplitResults results, Flows flows) {
    this.results = results;
    this.flows = flows;
  }

  /** Those that ran in this version. */
  List<FlowSplit> of(Version version) {
    return named(results.of(version.processId(), version.version()), version);
  }

  /** All, with names as the newest version has them. */
  List<FlowSplit> all(List<Version> versions) {
    Version newest = versions.getFirst();
    return named(results.of(newest.processId()), newest);
  }

  private List<FlowSplit> named(List<SplitResult> found, Version version) {
    if (found.isEmpty()) {
      return List.of();
    }
    Diagram diagram = Diagram.of(flows.xml(version));
    return found.stream()
        .map(result -> new FlowSplit(diagram.name(result.element()), result))
        .toList();
  }
}
