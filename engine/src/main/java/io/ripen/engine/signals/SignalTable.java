package io.ripen.engine.signals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.tables.TableFacts;
import io.ripen.engine.tables.TableForm;
import java.nio.file.Path;

/** The DMN table that tells which signals an event raises. */
public final class SignalTable {

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

  private SignalTable() {}

  /**
   * Only checks a table.
   *
   * @throws InvalidTable when the engine could not use it
   */
  public static void check(Path file) {
    read(file, new SimpleMeterRegistry());
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
