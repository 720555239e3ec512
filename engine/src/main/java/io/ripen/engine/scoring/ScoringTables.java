package io.ripen.engine.scoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.tables.InvalidTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Both tables of {@code score.dmn}, of one version. */
public record ScoringTables(ScoreTable points, TemperatureTable temperatures) {

  /** The file, as rules know it. */
  public static final RuleFile<ScoringTables> FILE =
      new RuleFile<>(ScoreTable.FILE, ScoringTables.class, ScoringTables::read);

  private static ScoringTables read(String shown, byte[] content, MeterRegistry meters) {
    List<String> problems = new ArrayList<>();
    ScoreTable points = attempt(() -> ScoreTable.read(shown, content, meters), problems);
    TemperatureTable temperatures =
        attempt(() -> TemperatureTable.read(shown, content, meters), problems);
    if (points == null || temperatures == null) {
      throw new InvalidTable(String.join("\n", problems), null);
    }
    return new ScoringTables(points, temperatures);
  }

  /** So that all that is wrong with both is told at once. */
  private static <T> @Nullable T attempt(Supplier<T> reading, List<String> problems) {
    try {
      return reading.get();
    } catch (InvalidTable e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
