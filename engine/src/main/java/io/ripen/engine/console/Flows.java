package io.ripen.engine.console;

import io.ripen.engine.monitoring.FlowStatistics;
import io.ripen.engine.monitoring.FlowStatistics.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Flows as the console shows them: what runs, from monitoring, and what was sent. */
@Component
@Profile("engine")
final class Flows {

  private static final int MOST_INCIDENTS = 20;

  private final FlowStatistics statistics;
  private final FlowsJdbc flows;

  Flows(FlowStatistics statistics, FlowsJdbc flows) {
    this.statistics = statistics;
    this.flows = flows;
  }

  List<FlowSummary> all() {
    Map<String, FlowTouches> touches = flows.touchesByFlow();
    return statistics.versions().stream()
        .collect(Collectors.groupingBy(Version::processId, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            flow ->
                new FlowSummary(
                    flow.getKey(),
                    flow.getValue(),
                    touches.getOrDefault(flow.getKey(), FlowTouches.NONE)))
        .toList();
  }

  /** The versions of one flow, the newest first; at least one. */
  List<Version> versions(String flow) {
    List<Version> versions =
        statistics.versions().stream().filter(v -> v.processId().equals(flow)).toList();
    if (versions.isEmpty()) {
      throw new NotFound("there is no flow " + flow);
    }
    return versions;
  }

  /** One of the versions; the newest where none is asked for. */
  static Version choose(List<Version> versions, @Nullable Integer number) {
    if (number == null) {
      return versions.getFirst();
    }
    return versions.stream()
        .filter(version -> version.version() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new NotFound(
                    "flow %s has no version %d"
                        .formatted(versions.getFirst().processId(), number)));
  }

  String xml(Version version) {
    return flows.xml(version.processKey()).orElse("");
  }

  FlowCounts counts(Version version) {
    Map<String, FlowStatistics.Element> known =
        statistics.elements(version.processKey()).stream()
            .collect(Collectors.toMap(FlowStatistics.Element::elementId, Function.identity()));
    Map<String, FlowTouches> touches =
        flows.touches(version.processId(), version.version()).stream()
            .collect(Collectors.toMap(FlowTouches::element, Function.identity()));
    List<FlowCounts.Element> elements = new ArrayList<>();
    Diagram diagram = Diagram.of(xml(version));
    diagram
        .steps()
        .forEach(
            (id, name) -> {
              if (known.containsKey(id) || touches.containsKey(id)) {
                elements.add(
                    element(
                        known.getOrDefault(id, new FlowStatistics.Element(id, 0, 0, 0, 0)),
                        name,
                        diagram.passages().contains(id),
                        touches.getOrDefault(id, FlowTouches.NONE)));
              }
            });
    return new FlowCounts(
        version.processId(),
        version.version(),
        version.running(),
        version.completed(),
        version.terminated(),
        version.openIncidents(),
        touches.values().stream().reduce(FlowTouches.NONE, FlowTouches::plus),
        flows.costs(version.processId(), version.version()),
        List.copyOf(elements));
  }

  private static FlowCounts.Element element(
      FlowStatistics.Element element, String name, boolean passage, FlowTouches touches) {
    return new FlowCounts.Element(
        element.elementId(),
        name,
        passage,
        element.active(),
        element.completed(),
        element.terminated(),
        element.openIncidents(),
        touches);
  }

  /** The newest open incidents. */
  List<OpenIncident> incidents(Version version) {
    Diagram diagram = Diagram.of(xml(version));
    return statistics.openIncidents(version.processKey(), MOST_INCIDENTS).stream()
        .map(
            incident ->
                new OpenIncident(
                    diagram.name(incident.elementId()),
                    incident.errorType(),
                    incident.message(),
                    Moment.of(incident.at())))
        .toList();
  }
}
