package io.ripen.engine.scoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.tables.Row;
import io.ripen.engine.tables.TableFact;
import io.ripen.engine.tables.TableFacts;
import io.ripen.engine.tables.TableForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DMN table that tells how warm a lead is, the decision {@code temperature} of {@code
 * score.dmn}. Safe for use by many threads.
 */
public final class TemperatureTable {

  private record Readiness(int score, long daysAway) {}

  private static final TableForm<Readiness, Temperature> FORM =
      new TableForm<>(
          "temperature",
          TableForm.Hits.FIRST,
          new TableFacts<>(
              List.of(
                  new TableFact<>("lead.score", Readiness::score),
                  new TableFact<>("lead.daysAway", Readiness::daysAway)),
              null,
              readiness -> "a lead"),
          List.of("temperature"),
          TemperatureTable::rule);

  private final FactTable<Readiness, Temperature> table;

  private TemperatureTable(FactTable<Readiness, Temperature> table) {
    this.table = table;
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
   * Reads and checks the table.
   *
   * @throws InvalidTable when it cannot be used; the message tells all that is wrong
   */
  public static TemperatureTable read(Path file, MeterRegistry meters) {
    return new TemperatureTable(FactTable.read(file, FORM, meters));
  }

  static TemperatureTable read(String shown, byte[] content, MeterRegistry meters) {
    return new TemperatureTable(FactTable.read(shown, content, FORM, meters));
  }

  /**
   * How warm a lead is; cold where no rule says otherwise.
   *
   * @param away how long ago the lead was last there
   */
  public Temperature of(int score, Duration away) {
    List<Temperature> first =
        table.matching(new Readiness(score, Math.max(0, away.toDays())), rule -> true);
    return first.isEmpty() ? Temperature.COLD : first.getFirst();
  }

  private static @Nullable Temperature rule(Row row) {
    String name = row.text("temperature");
    Temperature temperature = name == null ? null : Temperature.named(name);
    if (name != null && temperature == null) {
      row.refuse("temperature", name, "cold, warm or hot");
    }
    return temperature;
  }
}
