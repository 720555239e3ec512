package io.ripen.engine.migration;

import io.ripen.engine.migration.Instance.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which element of one version of a flow is which of another. */
final class Mapping {

  private final String processId;
  private final FlowGraph from;
  private final int fromVersion;
  private final FlowGraph to;
  private final int toVersion;
  private final Map<String, String> given;

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
  }

  /** What would become of an instance. */
  Verdict verdict(Instance instance) {
    if (instance.places().isEmpty()) {
      return new Verdict.Refused(
          "it stands between two steps, or at one that could not begin; see its incidents, or try again");
    }
    Map<String, String> places = new TreeMap<>();
    for (String place : instance.places()) {
      Optional<String> problem = problem(place);
      if (problem.isPresent()) {
        return new Verdict.Refused(problem.get());
      }
      places.put(place, target(place));
    }
    Optional<String> repeat = repeat(instance);
    if (repeat.isPresent()) {
      return new Verdict.Refused(repeat.get());
    }
    Map<String, String> instructions = new TreeMap<>(places);
    for (String place : containers(instance)) {
      Optional<String> problem = addCatchEvents(place, instructions);
      if (problem.isPresent()) {
        return new Verdict.Refused(problem.get());
      }
    }
    List<String> givenUp =
        containers(instance).stream()
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

  /** All places, and the flow itself. */
  private List<String> containers(Instance instance) {
    List<String> all = new ArrayList<>(instance.places());
    all.add(processId);
    return all;
  }

  /**
   * What has no counterpart is given up by Zeebe, and what is new begins to be waited for; what has
   * one keeps its time.
   */
  private Optional<String> addCatchEvents(String place, Map<String, String> instructions) {
    String targetPlace = place.equals(processId) ? processId : target(place);
    List<String> there = to.catchEvents(targetPlace);
    for (String event : from.catchEvents(place)) {
      String target = target(event);
      if (there.contains(target) && from.kind(event).equals(to.kind(target))) {
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
    return Optional.empty();
  }

  /**
   * The rule against repeats: no step that sends what this instance has sent already may come
   * within its reach, unless the very same step would have repeated it before, too.
   */
  private Optional<String> repeat(Instance instance) {
    for (String place : containers(instance)) {
      boolean interrupted =
          instance.places().stream()
              .anyMatch(other -> from.interrupts(other) && from.scope(other).equals(place));
      Map<String, String> before = from.sendsFrom(place, interrupted);
      Map<String, String> after =
          to.sendsFrom(place.equals(processId) ? processId : target(place), interrupted);
      for (Touch touch : touches(instance, place)) {
        for (Map.Entry<String, String> step : after.entrySet()) {
          if (isSentBy(touch, step, target(touch.element())) && isNew(touch, step, before)) {
            return Optional.of(repeated(place, touch, step.getKey()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What is sent, is being sent, or may be sent beside this place until the move is done. */
  private List<Touch> touches(Instance instance, String place) {
    List<Touch> touches = new ArrayList<>(instance.touches());
    Set<String> scopes =
        instance.places().stream().map(from::scope).collect(Collectors.toCollection(TreeSet::new));
    for (String other : instance.places()) {
      from.message(other)
          .ifPresent(message -> touches.add(new Touch(other, message, "", "planned")));
      if (!other.equals(place) && !scopes.contains(other)) {
        from.sendsFrom(other, false)
            .forEach((step, message) -> touches.add(new Touch(step, message, "", "ahead")));
      }
    }
    return place.equals(processId)
        ? touches.stream().filter(touch -> !touch.state().equals("ahead")).toList()
        : touches;
  }

  /** By the same step, by the one that it has become, or as the same message. */
  private static boolean isSentBy(Touch touch, Map.Entry<String, String> step, String element) {
    return step.getKey().equals(element)
        || step.getKey().equals(touch.element())
        || step.getValue().equals(touch.message());
  }

  /** Whether no step that it was before would have repeated the touch. */
  private boolean isNew(Touch touch, Map.Entry<String, String> step, Map<String, String> before) {
    return before.entrySet().stream()
        .filter(former -> target(former.getKey()).equals(step.getKey()))
        .noneMatch(former -> isSentBy(touch, former, touch.element()));
  }

  private String repeated(String place, Touch touch, String again) {
    return "it would repeat a touch: from %s it could come to %s in version %d, and message %s %s at %s"
        .formatted(
            place.equals(processId) ? "any step" : from.shown(place),
            to.shown(again),
            toVersion,
            touch.message(),
            switch (touch.state()) {
              case "accepted" -> "was sent by %s already".formatted(touch.channel());
              case "uncertain", "handing-over" -> "may have been sent by " + touch.channel();
              case "ahead" -> "may be sent meanwhile";
              default -> "is on its way";
            },
            from.shown(touch.element()));
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
