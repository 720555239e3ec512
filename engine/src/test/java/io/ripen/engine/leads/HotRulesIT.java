package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ripen.engine.rules.RuleVersion;
import io.ripen.engine.rules.RulesFixture;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.scoring.ScoringTables;
import io.ripen.engine.signals.SignalsFixture;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A deployed table judges the next events, and nothing is started anew. */
class HotRulesIT {

  private static final Clock CLOCK =
      Clock.fixed(Happening.NOON.plus(Duration.ofHours(20)), ZoneOffset.UTC);

  private final DataSource database = TestDatabase.migrated();
  private final RulesFixture rules =
      new RulesFixture(
          database, Path.of("../bpmn"), CLOCK, ScoringTables.FILE, SignalsFixture.FILE);
  private final Intake intake = new Intake(database, CLOCK, Decay.NONE, rules.rules());

  @Test
  void a_deployed_score_table_gives_the_next_events_its_points() throws Exception {
    intake.take(track("Page Read").by("anna").minute(1));
    try (AutoCloseable watching = rules.watch(Duration.ofMillis(20))) {
      rules.keep().keep(Map.of("score.dmn", score(">15<", ">7<")), "bela");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  !rules
                      .rules()
                      .now()
                      .get(ScoringTables.FILE)
                      .points()
                      .digest()
                      .equals(ScoringFixture.SCORES.digest()));
    }
    intake.take(track("Page Read").by("bela").minute(2));

    assertThat(intake.points(intake.visitor("anna"))).containsExactly("15 read articles");
    assertThat(intake.points(intake.visitor("bela"))).containsExactly("7 read articles");
    assertThat(rules.history().versions("score.dmn"))
        .containsExactly(new RuleVersion("score.dmn", 1, CLOCK.instant(), "bela"));
  }

  @Test
  void a_broken_table_changes_nothing() throws IOException {
    byte[] broken = score("name=\"points\"", "name=\"marks\"");

    assertThat(rules.keep().problems("score.dmn", broken)).isNotEmpty();
    rules.refresh();
    intake.take(page("/pricing").by("anna").minute(1));

    assertThat(intake.score(intake.visitor("anna"))).isEqualTo(20);
    assertThat(rules.history().newest()).isEmpty();
  }

  private static byte[] score(String old, String now) throws IOException {
    String shipped = Files.readString(ScoringFixture.FILE);
    assertThat(shipped).contains(old);
    return shipped.replace(old, now).getBytes(StandardCharsets.UTF_8);
  }
}
