package io.ripen.engine.signals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The DMN table that tells which signals an event raises. Parsed once; safe for use by many
 * threads.
 */
public final class SignalTable {

  /** The decision's id in the file. */
  static final String DECISION = "signals";

  private final Evaluation evaluation;
  private final List<SignalRule> rules;
  private final boolean readsProperties;

  SignalTable(Evaluation evaluation, List<SignalRule> rules, boolean readsProperties) {
    this.evaluation = evaluation;
    this.rules = rules;
    this.readsProperties = readsProperties;
  }

  /**
   * Only checks a table.
   *
   * @throws InvalidSignalTable as {@link #read} does
   */
  public static void check(Path file) {
    read(file, new SimpleMeterRegistry());
  }

  /**
   * Reads and checks a table.
   *
   * @param file usually {@code bpmn/signals.dmn}
   * @param meters where rules are counted that cannot be evaluated
   * @throws InvalidSignalTable when it cannot be used; the message tells all that is wrong, with
   *     rule and column
   */
  public static SignalTable read(Path file, MeterRegistry meters) {
    return new SignalTableReader(file).read(new FailedRules(meters));
  }

  /**
   * The rules that the occurrence matches, as the DMN engine says.
   *
   * @param awaited whether anybody waits for a signal of this name; where nobody waits for what an
   *     occurrence could raise, the engine is not asked
   */
  List<SignalRule> matching(Occurrence occurrence, Predicate<String> awaited) {
    List<SignalRule> candidates = candidates(occurrence, awaited);
    if (candidates.isEmpty()) {
      return List.of();
    }
    return evaluation.matching(candidates, occurrence, variables(occurrence));
  }

  /** As {@link #matching}, with every rule asked by the engine alone. */
  List<SignalRule> withoutGuards(Occurrence occurrence) {
    return evaluation.matching(rules, occurrence, variables(occurrence));
  }

  private List<SignalRule> candidates(Occurrence occurrence, Predicate<String> awaited) {
    List<SignalRule> candidates = List.of();
    for (SignalRule rule : rules) {
      if (rule.guard().mayMatch(occurrence) && awaited.test(rule.signal())) {
        candidates = candidates.isEmpty() ? new ArrayList<>() : candidates;
        candidates.add(rule);
      }
    }
    return candidates;
  }

  private Map<String, Object> variables(Occurrence occurrence) {
    Map<String, Map<String, @Nullable Object>> variables = Fact.variables(occurrence);
    if (readsProperties) {
      variables
          .computeIfAbsent("event", group -> new HashMap<>())
          .put(
              "properties",
              JsonMapper.shared().convertValue(occurrence.event().properties(), Map.class));
    }
    return Map.copyOf(variables);
  }
}
