package io.ripen.engine.signals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.tables.TableFacts;
import io.ripen.engine.tables.TableForm;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The DMN table that tells which signals an event raises. Safe for use by many threads. */
public final class SignalTable {

  /** The file, as rules know it. */
  static final RuleFile<SignalTable> FILE =
      new RuleFile<>(
          "signals.dmn",
          SignalTable.class,
          (shown, content, meters) ->
              new SignalTable(FactTable.read(shown, content, SignalTable.FORM, meters)));

  static final TableForm<Occurrence, SignalRule> FORM =
      new TableForm<>(
          "signals",
          TableForm.Hits.ALL,
          new TableFacts<>(
              SignalFacts.ALL,
              occurrence -> occurrence.event().properties(),
              occurrence -> "event " + occurrence.event().messageId()),
          SignalRule.OUTPUTS,
          SignalRule::read);

  private final FactTable<Occurrence, SignalRule> table;

  SignalTable(FactTable<Occurrence, SignalRule> table) {
    this.table = table;
  }

  /** What the rules that match raise, of those that the caller cares for. */
  List<SignalRule> matching(Occurrence occurrence, Predicate<SignalRule> wanted) {
    return table.matching(occurrence, wanted);
  }

  /**
   * Only checks a table.
   *
   * @throws InvalidTable when the engine could not use it
   */
  public static void check(Path file) {
    var unused = read(file, new SimpleMeterRegistry());
  }

  /**
   * Reads and checks a table.
   *
   * @param file usually {@code bpmn/signals.dmn}
   * @param meters where rules are counted that cannot be evaluated
   * @throws InvalidTable when it cannot be used
   */
  static FactTable<Occurrence, SignalRule> read(Path file, MeterRegistry meters) {
    return FactTable.read(file, FORM, meters);
  }
}
