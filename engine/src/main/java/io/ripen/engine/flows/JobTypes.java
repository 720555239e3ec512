package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.model.xml.ModelException;

/** Tells which kind of job each element of a flow asks for. Safe for use by many threads. */
public final class JobTypes {

  private final FlowsJdbc flows;
  private final ConcurrentHashMap<Long, Map<String, String>> known = new ConcurrentHashMap<>();

  JobTypes(FlowsJdbc flows) {
    this.flows = flows;
  }

  /** The types by the ids of the elements; none where nobody knows such a version. */
  public Map<String, String> of(long processKey) {
    Map<String, String> types = known.get(processKey);
    if (types != null) {
      return types;
    }
    // The export stream may be about to tell of it; one that is there never changes.
    Optional<Map<String, String>> read = flows.xml(processKey).map(JobTypes::read);
    read.ifPresent(each -> known.put(processKey, each));
    return read.orElse(Map.of());
  }

  /** All types that the newest versions of flows ask for. */
  public Set<String> ofNewest() {
    return flows.newest().stream()
        .map(this::of)
        .map(Map::values)
        .flatMap(Collection::stream)
        .collect(TreeSet::new, Set::add, Set::addAll);
  }

  private static Map<String, String> read(String xml) {
    Map<String, String> types = new TreeMap<>();
    try {
      Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getModelElementsByType(FlowNode.class)
          .forEach(
              node ->
                  Flow.extension(node, ZeebeTaskDefinition.class)
                      // FEEL is worked out anew for each instance; its values could be many.
                      .filter(task -> task.getType() != null && !task.getType().startsWith("="))
                      .ifPresent(task -> types.put(Flow.id(node), task.getType())));
    } catch (ModelException e) {
      // Not from us: whoever deployed it was told.
      return Map.of();
    }
    return types;
  }
}
