package io.ripen.engine.audience;

import io.ripen.engine.rules.Rules;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The segments, and how many leads are in each. */
@RestController
@Profile("engine")
@RequestMapping("/api/segments")
class SegmentsApi {

  private final Rules rules;
  private final SegmentsJdbc table;

  SegmentsApi(Rules rules, SegmentsJdbc table) {
    this.rules = rules;
    this.table = table;
  }

  /**
   * A segment as the API tells it.
   *
   * @param condition FEEL; null for a list that flows fill
   */
  record Told(String id, String name, String description, @Nullable String condition, long leads) {}

  @GetMapping
  List<Told> all() {
    Map<String, Long> counts = table.counts();
    return rules.now().get(Segments.FILE).all().stream()
        .map(segment -> told(segment, counts))
        .toList();
  }

  private static Told told(Segment segment, Map<String, Long> counts) {
    return new Told(
        segment.id(),
        segment.name(),
        segment.description(),
        segment.condition(),
        counts.getOrDefault(segment.id(), 0L));
  }
}
