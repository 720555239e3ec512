package io.ripen.engine.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
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

  /** The shipped table of points with another text in one place. */
  public static ScoreTable points(String shipped, String other) throws IOException {
    String table = Files.readString(FILE);
    if (!table.contains(shipped)) {
      throw new IllegalArgumentException(FILE + " does not say " + shipped);
    }
    return ScoreTable.read(
        "score.dmn", table.replace(shipped, other).getBytes(UTF_8), new SimpleMeterRegistry());
  }

  /** Rules that give these points. */
  public static RuleSet rules(ScoreTable points) {
    return RuleSet.NONE.with(ScoringTables.FILE, new ScoringTables(points, TEMPERATURES));
  }
}
