package io.ripen.engine.migration;

import io.ripen.engine.migration.Instance.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * No step that sends what an instance has sent already may come within its reach, unless the very
 * same step would have repeated it before, too. Steps that sent in a version of earlier are
 * followed along the moves that brought the instance here.
 */
final class RepeatRule {

  private final String processId;
  private final FlowGraph from;
  private final int fromVersion;
  private final FlowGraph to;
  private final int toVersion;
  private final Map<String, String> given;

  RepeatRule(
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

  /** A touch, and the steps of the version before the move that it can be from. */
  private record Sent(Touch touch, Set<String> steps) {}

  /** Why an instance cannot be moved without the danger of a repeat. */
  Optional<String> problem(Instance instance) {
    List<Sent> sent = new ArrayList<>();
    for (Touch touch : instance.touches()) {
      Set<String> steps = instance.moves().names(touch.element(), touch.version(), fromVersion);
      if (steps.isEmpty()) {
        return Optional.of(unknown(touch));
      }
      sent.add(new Sent(touch, steps));
    }
    for (String place : instance.containers(processId)) {
      Optional<String> problem = problem(instance, place, sent);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(Instance instance, String place, List<Sent> sent) {
    boolean interrupted =
        instance.places().stream()
            .anyMatch(other -> from.interrupts(other) && from.scope(other).equals(place));
    String targetPlace = place.equals(processId) ? processId : target(place);
    Optional<String> call =
        call(
            instance,
            place,
            from.callsFrom(place, interrupted),
            to.callsFrom(targetPlace, interrupted));
    if (call.isPresent()) {
      return call;
    }
    Map<String, String> before = from.sendsFrom(place, interrupted);
    Map<String, String> after = to.sendsFrom(targetPlace, interrupted);
    List<Sent> all = new ArrayList<>(sent);
    all.addAll(meanwhile(instance, place));
    for (Sent each : all) {
      for (Map.Entry<String, String> step : after.entrySet()) {
        if (repeats(each, step) && isNew(each, step, before)) {
          return Optional.of(repeated(place, each, step.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What was sent by a flow that was called is not this instance's, and nobody knows of it here.
   */
  private Optional<String> call(
      Instance instance, String place, Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(step -> !instance.moves().all().isEmpty() || from.calls(step.getValue()))
        .filter(
            step ->
                before.entrySet().stream()
                    .filter(former -> target(former.getKey()).equals(step.getKey()))
                    .noneMatch(former -> former.getValue().equals(step.getValue())))
        .findFirst()
        .map(
            step ->
                "it could repeat a touch: from %s it could come to %s in version %d, and nobody can tell whether it has called %s before and what that sent; let it end on version %d"
                    .formatted(
                        shown(place),
                        to.shown(step.getKey()),
                        toVersion,
                        step.getValue(),
                        fromVersion));
  }

  private String shown(String place) {
    return place.equals(processId) ? "any step" : from.shown(place);
  }

  private String target(String id) {
    return given.getOrDefault(id, id);
  }

  /** What is being sent, or may be sent beside this place until the move is done. */
  private List<Sent> meanwhile(Instance instance, String place) {
    List<Sent> touches = new ArrayList<>();
    Set<String> scopes =
        instance.places().stream().map(from::scope).collect(Collectors.toCollection(TreeSet::new));
    for (String other : instance.places()) {
      from.message(other).ifPresent(message -> touches.add(sent(other, message, "planned")));
      if (!place.equals(processId) && !other.equals(place) && !scopes.contains(other)) {
        from.sendsFrom(other, false)
            .forEach((step, message) -> touches.add(sent(step, message, "ahead")));
      }
    }
    return touches;
  }

  private Sent sent(String step, String message, String state) {
    return new Sent(new Touch(step, fromVersion, message, "", state), Set.of(step));
  }

  /** By the same step, by the one that it has become, or as the same message. */
  private boolean repeats(Sent sent, Map.Entry<String, String> step) {
    return step.getKey().equals(sent.touch().element())
        || step.getValue().equals(sent.touch().message())
        || sent.steps().stream()
            .anyMatch(id -> step.getKey().equals(id) || step.getKey().equals(target(id)));
  }

  /** Whether no step that it was before would have repeated the touch. */
  private boolean isNew(Sent sent, Map.Entry<String, String> step, Map<String, String> before) {
    return before.entrySet().stream()
        .filter(former -> target(former.getKey()).equals(step.getKey()))
        .noneMatch(
            former ->
                former.getValue().equals(sent.touch().message())
                    // Only what is certain excuses.
                    || sent.steps().equals(Set.of(former.getKey())));
  }

  private String repeated(String place, Sent sent, String again) {
    Touch touch = sent.touch();
    return "it would repeat a touch: from %s it could come to %s in version %d, and message %s %s at %s"
        .formatted(
            shown(place),
            to.shown(again),
            toVersion,
            touch.message(),
            switch (touch.state()) {
              case "accepted" -> "was sent by %s already".formatted(touch.channel());
              case "uncertain", "handing-over" -> "may have been sent by " + touch.channel();
              case "ahead" -> "may be sent meanwhile";
              default -> "is on its way";
            },
            touch.version() == fromVersion
                ? from.shown(touch.element())
                : "%s of version %d".formatted(touch.element(), touch.version()));
  }

  private String unknown(Touch touch) {
    return "message %s was sent at %s of version %d, and nobody can tell which step of version %d that is, since no ./ripen flow migrate has moved it from there; let it end on version %d"
        .formatted(touch.message(), touch.element(), touch.version(), fromVersion, fromVersion);
  }
}
