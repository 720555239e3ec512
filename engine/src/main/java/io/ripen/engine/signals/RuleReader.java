package io.ripen.engine.signals;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
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

/** Reads columns and rules of a signal table, and notes all that is wrong with them. */
final class RuleReader {

  static final List<String> OUTPUTS = List.of("signal", "key", "timeToLive");

  private static final Pattern PATH = Pattern.compile("[A-Za-z]\\w*(?:\\.[A-Za-z]\\w*)*");
  private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");
  private static final Pattern SIGNAL = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)*");

  private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();
  private final List<Input> inputs;
  private final List<Output> outputs;
  private final Collection<Rule> rules;
  private final List<String> problems;

  RuleReader(DecisionTable table, List<String> problems) {
    this.inputs = List.copyOf(table.getInputs());
    this.outputs = List.copyOf(table.getOutputs());
    this.rules = table.getRules();
    this.problems = problems;
  }

  /** The rules that could be read; all of them when no problem was noted. */
  List<SignalRule> read() {
    List<String> names = outputs.stream().map(Output::getName).toList();
    if (names.size() != OUTPUTS.size() || !names.containsAll(OUTPUTS)) {
      problems.add("the outputs are %s (expected: %s)".formatted(names, OUTPUTS));
      return List.of();
    }
    List<@Nullable Fact> facts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      facts.add(fact(i));
    }
    List<SignalRule> read = new ArrayList<>();
    int row = 0;
    for (Rule rule : rules) {
      SignalRule signalRule = rule(++row, rule, facts);
      if (signalRule != null) {
        read.add(signalRule);
      }
    }
    return read;
  }

  private @Nullable Fact fact(int column) {
    InputExpression expression = inputs.get(column).getInputExpression();
    String text = expression == null ? "" : text(expression);
    if (text.isBlank()) {
      problems.add("column %s: the expression is missing".formatted(column(column)));
      return null;
    }
    noteFeel("column " + column(column), text, feel.parseExpression(text));
    if (PATH.matcher(text).matches()) {
      Fact fact = Fact.named(text);
      if (fact == null && !text.startsWith(Fact.PROPERTIES + ".")) {
        problems.add(
            "column %s: nothing is known by the name %s (expected: one of %s, or %s.<name>)"
                .formatted(column(column), text, String.join(", ", Fact.names()), Fact.PROPERTIES));
      }
      return fact;
    }
    return null;
  }

  private @Nullable SignalRule rule(int row, Rule rule, List<@Nullable Fact> facts) {
    List<String> tests = rule.getInputEntries().stream().map(RuleReader::text).toList();
    List<String> results = rule.getOutputEntries().stream().map(RuleReader::text).toList();
    if (tests.size() != inputs.size() || results.size() != outputs.size()) {
      problems.add(
          "rule %d has %d inputs and %d outputs (expected: %d and %d, one for each column)"
              .formatted(row, tests.size(), results.size(), inputs.size(), outputs.size()));
      return null;
    }
    Guard guard = Guard.NONE;
    for (int i = 0; i < tests.size(); i++) {
      String test = tests.get(i);
      if (!test.isBlank()) {
        noteFeel("rule %d, column %s".formatted(row, column(i)), test, feel.parseUnaryTests(test));
        guard = guard.and(Guard.of(facts.get(i), test));
      }
    }
    return signalRule(row, results, guard);
  }

  private @Nullable SignalRule signalRule(int row, List<String> results, Guard guard) {
    String signal = output(row, "signal", results);
    String key = output(row, "key", results);
    String timeToLive = output(row, "timeToLive", results);
    if (signal == null || key == null || timeToLive == null) {
      return null;
    }
    if (!SIGNAL.matcher(signal).matches()) {
      note(row, "signal", signal, "small letters, in words joined by dots, as in cart.updated");
    }
    Correlation correlation = Correlation.named(key);
    if (correlation == null) {
      note(row, "key", key, "cart, order or lead");
    }
    Duration duration = duration(timeToLive);
    if (duration == null) {
      note(row, "timeToLive", timeToLive, "an ISO 8601 duration of days or less, as in PT10M");
    }
    return correlation == null || duration == null
        ? null
        : new SignalRule(
            row, List.of(signal, key, timeToLive), signal, correlation, duration, guard);
  }

  /** The text in an output's cell: a plain one, so that it can be checked before it is used. */
  private @Nullable String output(int row, String name, List<String> results) {
    for (int i = 0; i < outputs.size(); i++) {
      if (name.equals(outputs.get(i).getName())) {
        Matcher text = TEXT.matcher(results.get(i).strip());
        if (text.matches()) {
          return text.group(1);
        }
        note(row, name, results.get(i), "a text in quotes");
      }
    }
    return null;
  }

  private void note(int row, String output, String value, String expected) {
    problems.add(
        "rule %d, output %s: is %s (expected: %s)"
            .formatted(row, output, value.isBlank() ? "empty" : "'" + value + "'", expected));
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

  private static @Nullable Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() ? null : duration;
    } catch (DateTimeException e) {
      return null;
    }
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
