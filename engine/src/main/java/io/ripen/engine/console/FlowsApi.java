package io.ripen.engine.console;

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

  FlowsApi(Flows flows) {
    this.flows = flows;
  }

  /** Of the newest version, unless another is asked for. */
  @GetMapping("/{id}/counts")
  FlowCounts counts(@PathVariable String id, @RequestParam @Nullable Integer version) {
    return flows.counts(Flows.choose(flows.versions(id), version));
  }
}
