package io.ripen.engine.signals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.BuiltinAggregator;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Reads a signal table from its file and says all that is wrong with it. */
final class SignalTableReader {

  private final Path file;

  SignalTableReader(Path file) {
    this.file = file;
  }

  SignalTable read(FailedRules failedRules) {
    byte[] xml = bytes();
    DecisionTable table = table(model(xml));
    List<String> problems = new ArrayList<>();
    checkHitPolicy(table, problems);
    List<SignalRule> rules = new RuleReader(table, problems).read();
    if (!problems.isEmpty()) {
      throw invalid(String.join("\n  ", problems), null);
    }
    DmnEngine engine = new DmnEngine.Builder().build();
    boolean readsProperties =
        table.getRawTextContent().contains(Fact.PROPERTIES.substring("event.".length()));
    List<ParsedDmn> alone = new ArrayList<>();
    for (int row = 0; row < rules.size(); row++) {
      alone.add(parse(engine, alone(xml, row)));
    }
    return new SignalTable(
        new Evaluation(engine, parse(engine, xml), alone, failedRules), rules, readsProperties);
  }

  /** The table with one rule, and with the columns that it looks at. */
  private byte[] alone(byte[] xml, int row) {
    DmnModelInstance model = model(xml);
    DecisionTable table = table(model);
    List<Rule> rules = List.copyOf(table.getRules());
    for (int other = 0; other < rules.size(); other++) {
      if (other != row) {
        table.getRules().remove(rules.get(other));
      }
    }
    Rule kept = rules.get(row);
    List<Input> inputs = List.copyOf(table.getInputs());
    List<InputEntry> tests = List.copyOf(kept.getInputEntries());
    for (int column = 0; column < inputs.size(); column++) {
      // A table without columns is none.
      if (RuleReader.isBlank(tests.get(column)) && table.getInputs().size() > 1) {
        table.getInputs().remove(inputs.get(column));
        kept.getInputEntries().remove(tests.get(column));
      }
    }
    return Dmn.convertToString(model).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw invalid("there is no such file (expected: a DMN table that raises signals)", e);
    } catch (IOException e) {
      throw invalid("cannot be read: " + e.getMessage(), e);
    }
  }

  private DmnModelInstance model(byte[] xml) {
    try {
      return Dmn.readModelFromStream(new ByteArrayInputStream(xml));
    } catch (ModelException e) {
      throw invalid(
          "is no DMN file: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage(), e);
    }
  }

  private DecisionTable table(DmnModelInstance model) {
    var decisions = model.getModelElementsByType(Decision.class);
    for (Decision decision : decisions) {
      if (SignalTable.DECISION.equals(decision.getId())) {
        if (decision.getExpression() instanceof DecisionTable table) {
          return table;
        }
        throw invalid("decision \"signals\" is no decision table", null);
      }
    }
    throw invalid(
        "has no decision with the id \"signals\" (its decisions: %s)"
            .formatted(decisions.stream().map(Decision::getId).collect(Collectors.joining(", "))),
        null);
  }

  private static void checkHitPolicy(DecisionTable table, List<String> problems) {
    BuiltinAggregator aggregation = table.getAggregation();
    if (table.getHitPolicy() != HitPolicy.COLLECT || aggregation != null) {
      problems.add(
          "the hit policy is %s%s (expected: Collect, since one event may raise several signals)"
              .formatted(table.getHitPolicy(), aggregation == null ? "" : " " + aggregation));
    }
  }

  private ParsedDmn parse(DmnEngine engine, byte[] xml) {
    var result = engine.parse(new ByteArrayInputStream(xml));
    if (result.isLeft()) {
      throw invalid(result.swap().toOption().get().message(), null);
    }
    return result.toOption().get();
  }

  private InvalidSignalTable invalid(String problems, @Nullable Throwable cause) {
    return new InvalidSignalTable(file + ": " + problems, cause);
  }
}
