package io.ripen.engine.scoring;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.rules.RuleSet;
import java.nio.file.Path;

/** The shipped tables, for tests of who uses them. */
public final class ScoringFixture {

  public static final Path FILE = Path.of("../bpmn/score.dmn");

  public static final ScoreTable SCORES = ScoreTable.read(FILE, new SimpleMeterRegistry());

  public static final TemperatureTable TEMPERATURES =
      TemperatureTable.read(FILE, new SimpleMeterRegistry());

  /** The shipped tables as the rules that hold. */
  public static final RuleSet RULES = rules(SCORES);

  private ScoringFixture() {}

  /** Rules that give these points. */
  public static RuleSet rules(ScoreTable points) {
    return RuleSet.NONE.with(ScoringTables.FILE, new ScoringTables(points, TEMPERATURES));
  }
}
