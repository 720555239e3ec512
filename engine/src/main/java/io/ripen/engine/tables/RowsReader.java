package io.ripen.engine.tables;

import io.ripen.engine.tables.FactTable.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.jspecify.annotations.Nullable;

/** Reads columns and rows of a table, and notes all that is wrong with them. */
final class RowsReader<T, R> {

  private static final Pattern PATH = Pattern.compile("[A-Za-z]\\w*(?:\\.[A-Za-z]\\w*)*");

  private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();
  private final TableForm<T, R> form;
  private final DecisionTable table;
  private final List<Input> inputs;
  private final List<Output> outputs;
  private final List<String> problems;

  RowsReader(TableForm<T, R> form, DecisionTable table, List<String> problems) {
    this.form = form;
    this.table = table;
    this.inputs = List.copyOf(table.getInputs());
    this.outputs = List.copyOf(table.getOutputs());
    this.problems = problems;
  }

  /** The rules that could be read; all of them when no problem was noted. */
  List<Entry<T, R>> read() {
    List<String> names = outputs.stream().map(Output::getName).toList();
    List<String> expected = form.outputs();
    if (names.size() != expected.size() || !names.containsAll(expected)) {
      problems.add("the outputs are %s (expected: %s)".formatted(names, expected));
      return List.of();
    }
    List<@Nullable TableFact<T>> facts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      facts.add(fact(i));
    }
    List<Entry<T, R>> read = new ArrayList<>();
    int number = 0;
    for (Rule rule : table.getRules()) {
      Entry<T, R> entry = entry(++number, rule, facts);
      if (entry != null) {
        read.add(entry);
      }
    }
    return read;
  }

  private @Nullable TableFact<T> fact(int column) {
    InputExpression expression = inputs.get(column).getInputExpression();
    String text = expression == null ? "" : text(expression);
    if (text.isBlank()) {
      problems.add("column %s: the expression is missing".formatted(column(column)));
      return null;
    }
    noteFeel("column " + column(column), text, feel.parseExpression(text));
    if (!PATH.matcher(text).matches()) {
      return null;
    }
    if (!form.facts().knows(text)) {
      problems.add(
          "column %s: nothing is known by the name %s (expected: one of %s)"
              .formatted(column(column), text, form.facts().names()));
    }
    return form.facts().named(text);
  }

  private @Nullable Entry<T, R> entry(int number, Rule rule, List<@Nullable TableFact<T>> facts) {
    List<String> tests = rule.getInputEntries().stream().map(RowsReader::text).toList();
    List<String> results = rule.getOutputEntries().stream().map(RowsReader::text).toList();
    if (tests.size() != inputs.size() || results.size() != outputs.size()) {
      problems.add(
          "rule %d has %d inputs and %d outputs (expected: %d and %d, one for each column)"
              .formatted(number, tests.size(), results.size(), inputs.size(), outputs.size()));
      return null;
    }
    if (rule.getId() == null || rule.getId().isBlank()) {
      problems.add("rule %d has no id (expected: one, as Camunda Modeler gives)".formatted(number));
      return null;
    }
    R read = form.rules().read(new Row(number, rule.getId(), cells(results), problems));
    Guard<T> guard = guard(number, tests, facts);
    return read == null ? null : new Entry<>(number, rule.getId(), read, guard);
  }

  private Guard<T> guard(int number, List<String> tests, List<@Nullable TableFact<T>> facts) {
    Guard<T> guard = Guard.open();
    for (int i = 0; i < tests.size(); i++) {
      String test = tests.get(i);
      if (!test.isBlank()) {
        noteFeel(
            "rule %d, column %s".formatted(number, column(i)), test, feel.parseUnaryTests(test));
        guard = guard.and(Guard.of(facts.get(i), test));
      }
    }
    return guard;
  }

  private Map<String, String> cells(List<String> results) {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      cells.put(outputs.get(i).getName(), results.get(i));
    }
    return cells;
  }

  private void noteFeel(String where, String expression, ParseResult result) {
    if (result.isFailure()) {
      problems.add(
          "%s: '%s' is no FEEL: %s".formatted(where, expression, result.failure().message()));
    }
  }

  private String column(int column) {
    String label = inputs.get(column).getLabel();
    return label == null || label.isBlank() ? String.valueOf(column + 1) : "\"" + label + "\"";
  }

  /** Whether the cell lets anything through. */
  static boolean isBlank(DmnElement cell) {
    String test = text(cell).strip();
    return test.isEmpty() || test.equals("-");
  }

  private static String text(DmnElement cell) {
    var texts = cell.getChildElementsByType(Text.class);
    return texts.isEmpty() ? "" : texts.iterator().next().getTextContent();
  }
}
