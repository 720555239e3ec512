package io.ripen.engine.console;

import io.ripen.engine.monitoring.FlowStatistics.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happens in flows, as JSON. */
@RestController
@Profile("engine")
@RequestMapping("/api/flows")
class FlowsApi {

  private final Flows flows;
  private final FlowSplits splits;

  FlowsApi(Flows flows, FlowSplits splits) {
    this.flows = flows;
    this.splits = splits;
  }

  /** Of the newest version, unless another is asked for. */
  @GetMapping("/{id}/counts")
  FlowCounts counts(@PathVariable String id, @RequestParam @Nullable Integer version) {
    return flows.counts(Flows.choose(flows.versions(id), version));
  }

  /** What came of the A/B splits: of all versions, unless one is asked for. */
  @GetMapping("/{id}/splits")
  List<FlowSplit> splits(@PathVariable String id, @RequestParam @Nullable Integer version) {
    List<Version> versions = flows.versions(id);
    return version == null ? splits.all(versions) : splits.of(Flows.choose(versions, version));
  }
}
