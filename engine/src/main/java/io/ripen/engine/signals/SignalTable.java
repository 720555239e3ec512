package io.ripen.engine.signals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.json.JsonMapper;

/**
 * The DMN table that tells which signals an event raises. Parsed once; safe for use by many
 * threads.
 */
public final class SignalTable {

  /** The decision's id in the file. */
  static final String DECISION = "signals";

  private static final Logger LOG = LoggerFactory.getLogger(SignalTable.class);

  private final DmnEngine engine;
  private final ParsedDmn dmn;
  private final List<SignalRule> rules;
  private final boolean readsProperties;

  SignalTable(DmnEngine engine, ParsedDmn dmn, List<SignalRule> rules, boolean readsProperties) {
    this.engine = engine;
    this.dmn = dmn;
    this.rules = rules;
    this.readsProperties = readsProperties;
  }

  /**
   * Reads and checks a table.
   *
   * @param file usually {@code bpmn/signals.dmn}
   * @throws InvalidSignalTable when it cannot be used; the message tells all that is wrong, with
   *     rule and column
   */
  public static SignalTable read(Path file) {
    return new SignalTableReader(file).read();
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
    Set<List<String>> raised = evaluate(occurrence);
    return candidates.stream().filter(rule -> raised.contains(rule.outputs())).toList();
  }

  /** As {@link #matching}, with every rule asked by the engine alone. */
  List<SignalRule> withoutGuards(Occurrence occurrence) {
    Set<List<String>> raised = evaluate(occurrence);
    return rules.stream().filter(rule -> raised.contains(rule.outputs())).toList();
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

  private Set<List<String>> evaluate(Occurrence occurrence) {
    var result = engine.eval(dmn, DECISION, variables(occurrence));
    if (result.isLeft()) {
      // The engine's reason may quote what the event says of a person.
      LOG.warn(
          "signals.dmn could not be evaluated for event {}, which so raises no signal",
          occurrence.event().messageId());
      return Set.of();
    }
    Set<List<String>> raised = new HashSet<>();
    if (result.toOption().get().value() instanceof scala.collection.Iterable<?> matches) {
      CollectionConverters.asJava(matches).forEach(match -> raised.add(outputs(match)));
    }
    return raised;
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

  private static List<String> outputs(Object match) {
    if (match instanceof scala.collection.Map<?, ?> outputs) {
      Map<?, ?> byName = CollectionConverters.asJava(outputs);
      return RuleReader.OUTPUTS.stream().map(name -> String.valueOf(byName.get(name))).toList();
    }
    return List.of();
  }
}
