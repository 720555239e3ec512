package io.ripen.engine.migration;

import io.ripen.engine.flows.AwaitedSignal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which element of one version of a flow is which of another. */
final class Mapping {

  private final String processId;
  private final FlowGraph from;
  private final int fromVersion;
  private final FlowGraph to;
  private final int toVersion;
  private final Map<String, String> given;
  private final RepeatRule repeats;

  /**
   * @param given what has another id in the new version; all else is what has the same id
   */
  Mapping(
      String processId,
      FlowGraph from,
      int fromVersion,
      FlowGraph to,
      int toVersion,
      Map<String, String> given) {
    this.processId = processId;
    this.from = from;
    this.fromVersion = fromVersion;
    this.to = to;
    this.toVersion = toVersion;
    this.given = given;
    this.repeats = new RepeatRule(processId, from, fromVersion, to, toVersion, given);
  }

  /** What would become of an instance. */
  Verdict verdict(Instance instance) {
    Optional<String> unsettled = instance.moves().unsettled(fromVersion);
    if (unsettled.isPresent()) {
      return new Verdict.Refused(unsettled.get());
    }
    if (instance.places().isEmpty()) {
      return new Verdict.Refused(
          "it stands between two steps; try again, and if that does not help, see its incidents");
    }
    Map<String, String> places = new TreeMap<>();
    for (String place : instance.places()) {
      Optional<String> problem = problem(place);
      if (problem.isPresent()) {
        return new Verdict.Refused(problem.get());
      }
      places.put(place, target(place));
    }
    Optional<String> repeat = repeats.problem(instance);
    if (repeat.isPresent()) {
      return new Verdict.Refused(repeat.get());
    }
    Map<String, String> instructions = new TreeMap<>(places);
    for (String place : instance.containers(processId)) {
      Optional<String> problem = addCatchEvents(place, instructions);
      if (problem.isPresent()) {
        return new Verdict.Refused(problem.get());
      }
    }
    List<String> givenUp =
        instance.containers(processId).stream()
            .flatMap(place -> from.catchEvents(place).stream())
            .filter(event -> !instructions.containsKey(event))
            .distinct()
            .sorted()
            .toList();
    return new Verdict.Fits(places, instructions, givenUp);
  }

  private String target(String id) {
    return given.getOrDefault(id, id);
  }

  private Optional<String> problem(String place) {
    String target = target(place);
    if (!from.has(place)) {
      return Optional.of(
          "it stands at %s, which version %d does not have; the export stream may be behind, try again"
              .formatted(place, fromVersion));
    }
    if (!to.has(target)) {
      return Optional.of(
          "it stands at %s, which version %d does not have; say where it is to stand with --map %s=…"
              .formatted(from.shown(place), toVersion, place));
    }
    if (from.message(place).isPresent() && !target.equals(place)) {
      return Optional.of(
          "it is about to send message %s at %s, and nobody could tell at %s whether that was done; wait until it has gone on"
              .formatted(from.message(place).orElse(""), from.shown(place), to.shown(target)));
    }
    if (!from.kind(place).equals(to.kind(target))) {
      return Optional.of(
          "it stands at %s, a %s, and %s of version %d is a %s; Zeebe moves an instance only to an element of the same kind"
              .formatted(
                  from.shown(place),
                  from.kind(place),
                  to.shown(target),
                  toVersion,
                  to.kind(target)));
    }
    if (!from.awaited(place).equals(to.awaited(target))) {
      return Optional.of(
          "it waits for %s at %s, and %s of version %d waits for %s; Zeebe would go on with what it waits for now, so let it end on version %d"
              .formatted(
                  signal(from, place),
                  from.shown(place),
                  to.shown(target),
                  toVersion,
                  signal(to, target),
                  fromVersion));
    }
    return targetScope(place).equals(to.scope(target))
        ? Optional.empty()
        : Optional.of(
            "it stands at %s in %s, and %s of version %d lies in %s; Zeebe moves an instance neither into a sub-process nor out of one"
                .formatted(
                    from.shown(place),
                    from.shown(from.scope(place)),
                    to.shown(target),
                    toVersion,
                    to.shown(to.scope(target))));
  }

  private String targetScope(String place) {
    String scope = from.scope(place);
    return scope.equals(processId) ? processId : target(scope);
  }

  private static String signal(FlowGraph graph, String id) {
    return graph.awaited(id).map(AwaitedSignal::inWords).orElse("no signal");
  }

  /**
   * What has no counterpart is given up by Zeebe, and what is new begins to be waited for; what has
   * one keeps its time, and its signal: so what waits for another signal now is none.
   */
  private Optional<String> addCatchEvents(String place, Map<String, String> instructions) {
    String targetPlace = place.equals(processId) ? processId : target(place);
    List<String> there = to.catchEvents(targetPlace);
    for (String event : from.catchEvents(place)) {
      String target = target(event);
      if (there.contains(target) && isSame(event, target)) {
        instructions.put(event, target);
      } else if (given.containsKey(event)) {
        return Optional.of(
            "it waits for %s at %s, and %s is not the same for %s in version %d"
                .formatted(
                    from.shown(event),
                    from.shown(place),
                    to.shown(target),
                    to.shown(targetPlace),
                    toVersion));
      }
    }
    return there.stream()
        .filter(event -> !instructions.containsValue(event))
        .flatMap(event -> again(place, event).stream())
        .findFirst();
  }

  private boolean isSame(String event, String target) {
    return from.kind(event).equals(to.kind(target))
        && from.awaited(event).equals(to.awaited(target));
  }

  /**
   * Why what is new cannot begin to be waited for: of two waits for a signal of the same name, in
   * the same place, Zeebe keeps one, and refuses a move that would need both for a moment.
   */
  private Optional<String> again(String place, String added) {
    Optional<String> name = to.awaited(added).map(AwaitedSignal::name);
    return Stream.concat(from.catchEvents(place).stream(), Stream.of(place))
        .filter(
            event -> name.isPresent() && from.awaited(event).map(AwaitedSignal::name).equals(name))
        .findFirst()
        .map(
            event ->
                "it waits for %s at %s, and would begin to wait for %s at %s of version %d, which Zeebe does not do in one move; %slet it end on version %d"
                    .formatted(
                        signal(from, event),
                        from.shown(event),
                        signal(to, added),
                        to.shown(added),
                        toVersion,
                        from.awaited(event).equals(to.awaited(added)) && !event.equals(place)
                            ? "if that is the same, say --map %s=%s, or ".formatted(event, added)
                            : "",
                        fromVersion));
  }

  /** The ids that are given and that neither version knows. */
  static List<String> unknown(Map<String, String> given, List<FlowGraph> froms, FlowGraph to) {
    TreeSet<String> unknown = new TreeSet<>();
    given.forEach(
        (old, now) -> {
          if (froms.stream().noneMatch(from -> from.has(old))) {
            unknown.add(old);
          }
          if (!to.has(now)) {
            unknown.add(now);
          }
        });
    return List.copyOf(unknown);
  }
}
