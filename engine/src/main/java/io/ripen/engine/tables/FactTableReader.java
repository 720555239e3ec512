package io.ripen.engine.tables;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.tables.FactTable.Entry;
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
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Reads a table and says all that is wrong with it. */
final class FactTableReader<T, R> {

  private final String file;
  private final TableForm<T, R> form;

  FactTableReader(String file, TableForm<T, R> form) {
    this.file = file;
    this.form = form;
  }

  FactTable<T, R> read(Path path, MeterRegistry meters) {
    return read(bytes(path), meters);
  }

  FactTable<T, R> read(byte[] xml, MeterRegistry meters) {
    DecisionTable table = table(model(xml));
    List<String> problems = new ArrayList<>();
    checkHitPolicy(table, problems);
    List<Entry<T, R>> rules = new RowsReader<>(form, table, problems).read();
    if (!problems.isEmpty()) {
      throw invalid(String.join("\n  ", problems), null);
    }
    DmnEngine engine = new DmnEngine.Builder().build();
    var evaluation =
        new Evaluation(
            form.decision(),
            parse(engine, xml),
            number -> parse(engine, alone(xml, number - 1)),
            new FailedRules(form.decision(), meters));
    boolean readsProperties = table.getRawTextContent().contains(TableFacts.PROPERTIES_PATH);
    return new FactTable<>(form, evaluation, rules, readsProperties);
  }

  /** The table with one rule, and with the columns that it looks at. */
  private byte[] alone(byte[] xml, int row) {
    DmnModelInstance model = model(xml);
    DecisionTable table = table(model);
    // The model's own way to remove looks through all of it for references, for each that goes.
    DomElement ofTable = table.getDomElement();
    List<Rule> rules = List.copyOf(table.getRules());
    Rule kept = rules.get(row);
    List<Input> inputs = List.copyOf(table.getInputs());
    List<InputEntry> tests = List.copyOf(kept.getInputEntries());
    int columns = inputs.size();
    for (int column = 0; column < inputs.size(); column++) {
      // A table without columns is none.
      if (RowsReader.isBlank(tests.get(column)) && columns > 1) {
        ofTable.removeChild(inputs.get(column).getDomElement());
        kept.getDomElement().removeChild(tests.get(column).getDomElement());
        columns--;
      }
    }
    for (int other = 0; other < rules.size(); other++) {
      if (other != row) {
        ofTable.removeChild(rules.get(other).getDomElement());
      }
    }
    return Dmn.convertToString(model).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw invalid(
          "there is no such file (expected: a DMN file with the decision \"%s\")"
              .formatted(form.decision()),
          e);
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
      if (form.decision().equals(decision.getId())) {
        if (decision.getExpression() instanceof DecisionTable table) {
          return table;
        }
        throw invalid("decision \"%s\" is no decision table".formatted(form.decision()), null);
      }
    }
    throw invalid(
        "has no decision with the id \"%s\" (its decisions: %s)"
            .formatted(
                form.decision(),
                decisions.stream().map(Decision::getId).collect(Collectors.joining(", "))),
        null);
  }

  private void checkHitPolicy(DecisionTable table, List<String> problems) {
    BuiltinAggregator aggregation = table.getAggregation();
    if (table.getHitPolicy() != form.hits().policy || aggregation != null) {
      problems.add(
          "the hit policy is %s%s (expected: %s)"
              .formatted(
                  table.getHitPolicy(),
                  aggregation == null ? "" : " " + aggregation,
                  form.hits().expected));
    }
  }

  private ParsedDmn parse(DmnEngine engine, byte[] xml) {
    var result = engine.parse(new ByteArrayInputStream(xml));
    if (result.isLeft()) {
      throw invalid(result.swap().toOption().get().message(), null);
    }
    return result.toOption().get();
  }

  private InvalidTable invalid(String problems, @Nullable Throwable cause) {
    return new InvalidTable(file + ": " + problems, cause);
  }
}
