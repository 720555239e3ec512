package io.ripen.engine.console;

import io.ripen.engine.monitoring.FlowStatistics;
import io.ripen.engine.rules.RuleHistory;
import io.ripen.engine.rules.RuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which versions of flows and of files of rules there are: {@code ripen flow versions}. */
@RestController
@Profile("engine")
@RequestMapping("/api/versions")
class VersionsApi {

  private final FlowStatistics flows;
  private final RuleHistory rules;

  VersionsApi(FlowStatistics flows, RuleHistory rules) {
    this.flows = flows;
    this.rules = rules;
  }

  /**
   * @param kind {@code flow}, {@code table} or {@code form}
   * @param deployedBy who, as they said it; null where nobody told us
   * @param running how many instances run on it; null for what is no flow
   */
  record Version(
      String name,
      String kind,
      int version,
      Instant deployedAt,
      @Nullable String deployedBy,
      @Nullable Long running) {}

  /** The newest version of each; for a flow with all that run, on whichever version. */
  @GetMapping
  List<Version> newest() {
    Map<String, Version> newest = new LinkedHashMap<>();
    for (FlowStatistics.Version flow : flows.versions()) {
      newest.merge(
          flow.processId(),
          version(flow),
          (first, older) ->
              new Version(
                  first.name(),
                  first.kind(),
                  first.version(),
                  first.deployedAt(),
                  first.deployedBy(),
                  sum(first.running(), older.running())));
    }
    List<Version> all = new ArrayList<>(newest.values());
    rules.newest().forEach(table -> all.add(version(table)));
    return all;
  }

  /** All versions of one, the newest first. */
  @GetMapping("/{name}")
  List<Version> versions(@PathVariable String name) {
    List<Version> versions =
        new ArrayList<>(
            flows.versions().stream()
                .filter(flow -> flow.processId().equals(name))
                .map(VersionsApi::version)
                .toList());
    rules.versions(name).forEach(table -> versions.add(version(table)));
    if (versions.isEmpty()) {
      throw new NotFound(
          "there is neither a flow nor a table %s (expected: one that ./ripen flow versions lists)"
              .formatted(name));
    }
    return versions;
  }

  private static Version version(FlowStatistics.Version flow) {
    return new Version(
        flow.processId(),
        "flow",
        flow.version(),
        flow.deployedAt(),
        flow.deployedBy(),
        flow.running());
  }

  private static Version version(RuleVersion file) {
    String kind = file.name().endsWith(".form") ? "form" : "table";
    return new Version(
        file.name(), kind, file.version(), file.deployedAt(), file.deployedBy(), null);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? one : Long.valueOf(one + other);
  }
}
