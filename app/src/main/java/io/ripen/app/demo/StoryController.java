package io.ripen.app.demo;

import io.ripen.engine.monitoring.FlowStatistics;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells the demo when a person has reached a step, so that it moves the time neither too early. */
@RestController
@Profile("local")
class StoryController {

  private final FlowStatistics statistics;

  StoryController(FlowStatistics statistics) {
    this.statistics = statistics;
  }

  /** How many instances of all versions of a flow stand at each element; those with some. */
  @GetMapping("/api/local/flows/{flow}/active")
  Map<String, Long> active(@PathVariable String flow) {
    return statistics.versions().stream()
        .filter(version -> version.processId().equals(flow))
        .flatMap(version -> statistics.elements(version.processKey()).stream())
        .filter(element -> element.active() > 0)
        .collect(
            Collectors.toMap(
                FlowStatistics.Element::elementId, FlowStatistics.Element::active, Long::sum));
  }
}
