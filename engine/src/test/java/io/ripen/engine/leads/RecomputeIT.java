package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.NOON;
import static io.ripen.engine.leads.Happening.alias;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.loops.OneAtATime;
import io.ripen.engine.rules.RuleSet;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;

/** A change of the table, applied to what happened before it. */
class RecomputeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Clock CLOCK = Clock.fixed(NOON.plus(Duration.ofDays(90)), ZoneOffset.UTC);
  private static final Decay DECAY = new Decay(Duration.ofDays(20));
  private static final List<String> PEOPLE = List.of("anna", "bela", "cili", "dora", "emil");

  @TempDir private Path folder;
  private ScoreTable old;
  private ScoreTable changed;
  private final DataSource database = TestDatabase.migratedForAnyUse();

  @BeforeEach
  void change() throws IOException {
    old = ScoringFixture.SCORES;
    String shipped = Files.readString(ScoringFixture.FILE);
    changed =
        table(
            shipped
                .replace("<text>15</text>", "<text>7</text>")
                .replace("<text>20</text>", "<text>25</text>")
                .replace("<text>\"once\"</text>", "<text>\"always\"</text>")
                .replace("<text>\"daily\"</text>", "<text>\"once\"</text>")
                .replace("\"Message Unsubscribed\"", "\"Order Completed\"")
                .replace("\"Product Viewed\"", "\"identify\""));
  }

  @Test
  void each_lead_gets_the_points_of_the_changed_table_and_its_score() {
    var before = intake(database, old);
    before.take(
        page("/pricing").by("anna").minute(1),
        page("/pricing").by("anna").minute(2),
        track("Page Read").by("anna").minute(3),
        track("Message Unsubscribed").by("anna").minute(4));
    UUID anna = before.visitor("anna");
    assertThat(before.points(anna))
        .containsExactly("20 studied the price list", "15 read articles", "-10 unsubscribed");

    Recompute run = recompute(database, changed);

    assertThat(before.points(anna))
        .containsExactly(
            "25 studied the price list", "25 studied the price list", "7 read articles");
    assertThat(run.state()).isEqualTo("done");
    assertThat(run.leads()).isEqualTo(1);
    assertThat(run.leadsDone()).isEqualTo(1);
    assertThat(run.leadsChanged()).isEqualTo(1);
    assertThat(entries(run)).as("each fills another slot now").containsExactly(3L, 0L, 3L);
    assertThat((double) before.lead(anna).get("score")).isCloseTo(57, within(0.1));
  }

  @Test
  void an_entry_that_only_counts_for_less_is_changed_in_its_place() throws IOException {
    intake(database, old).take(track("Page Read").by("anna").minute(1));
    String shipped = Files.readString(ScoringFixture.FILE);

    Recompute run = recompute(database, table(shipped.replace("<text>15<", "<text>7<")));

    assertThat(entries(run)).containsExactly(0L, 1L, 0L);
  }

  @Test
  void what_is_right_already_stays_untouched() {
    intake(database, changed).take(page("/pricing").by("anna").minute(1), page("/").by("bela"));

    Recompute run = recompute(database, changed);

    assertThat(run.leadsDone()).isEqualTo(2);
    assertThat(run.leadsChanged()).isZero();
    assertThat(entries(run)).containsOnly(0L);
  }

  @Test
  void points_of_flows_and_people_stay_and_no_signal_is_raised() {
    var before = intake(database, old);
    before.take(page("/pricing").by("anna").minute(1));
    UUID anna = before.visitor("anna");
    before.take(track("Points Added").lead(anna).with("points", 40).with("reason", "came by"));
    long signals = before.count("signal");

    recompute(database, changed);

    assertThat(before.points(anna)).contains("40 came by", "25 studied the price list");
    assertThat(before.count("signal")).isEqualTo(signals);
  }

  @Test
  void points_of_events_that_are_forgotten_stay_as_they_are() {
    var before = intake(database, old);
    before.take(page("/pricing").by("anna").minute(1), track("Page Read").by("anna").minute(2));
    JdbcClient.create(database).sql("delete from event where name = 'Page Read'").update();

    recompute(database, changed);

    UUID anna = before.visitor("anna");
    assertThat(before.points(anna))
        .containsExactly("25 studied the price list", "15 read articles");
    assertThat((double) before.lead(anna).get("score")).isCloseTo(40, within(0.1));
  }

  /** A table that gives points for anything must not give them for what gives points itself. */
  @Test
  void the_table_is_not_asked_about_points_that_were_given() throws IOException {
    ScoreTable anything =
        table(
            Files.readString(ScoringFixture.FILE)
                .replace("<text>\"Product Viewed\"</text>", "<text>not(\"x\")</text>"));
    var before = intake(database, anything);
    before.take(page("/").by("anna").minute(1));
    UUID anna = before.visitor("anna");
    before.take(
        track("Points Added")
            .lead(anna)
            .with("points", 40)
            .with("reason", "came by")
            .at(Duration.ofDays(-1)));
    List<String> points = before.points(anna);

    assertThat(recompute(database, anything).leadsChanged()).isZero();
    assertThat(before.points(anna)).isEqualTo(points).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void recomputed_is_as_if_the_changed_table_had_been_there_from_the_start(long seed) {
    var random = new Random(seed);
    List<Happening> story = story(random);
    Map<String, List<Object>> expected = fromTheStart(story, random);

    var before = intake(database, old);
    takeShuffled(before, story, random);
    addPoints(before);
    assertThat(facts(before)).as("the change matters").isNotEqualTo(expected);
    recompute(database, changed);

    assertThat(facts(before)).isEqualTo(expected);
  }

  /**
   * Between any two leads more comes in, applied by the changed table, and merges leads whose turn
   * has come with others whose turn has not.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void events_that_come_in_meanwhile_are_neither_lost_nor_counted_by_the_old_table(long seed) {
    var random = new Random(seed);
    List<Happening> story = story(random);
    Map<String, List<Object>> expected = fromTheStart(story, random);

    List<Happening> shuffled = new ArrayList<>(story);
    Collections.shuffle(shuffled, random);
    int half = shuffled.size() / 2;
    intake(database, old).take(shuffled.subList(0, half).toArray(Happening[]::new));
    List<Happening> rest = new ArrayList<>(shuffled.subList(half, shuffled.size()));
    var during = intake(database, changed);
    RecomputeScores scores = scores(database, changed, 1);
    scores.begin();
    boolean more = true;
    while (more || !rest.isEmpty()) {
      int size = Math.min(rest.size(), random.nextInt(3));
      during.take(rest.subList(0, size).toArray(Happening[]::new));
      rest.subList(0, size).clear();
      more = more && scores.nextPage();
    }
    addPoints(during);

    assertThat(facts(during)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void two_engines_and_a_rush_of_events_end_up_with_the_same(long seed) {
    var random = new Random(seed);
    List<Happening> story = story(random);
    Map<String, List<Object>> expected = fromTheStart(story, random);
    List<Happening> shuffled = new ArrayList<>(story);
    Collections.shuffle(shuffled, random);
    int half = shuffled.size() / 2;
    intake(database, old).take(shuffled.subList(0, half).toArray(Happening[]::new));

    var during = intake(database, changed);
    var one = new RecomputeRunner(database, scores(database, changed, 1));
    var other = new RecomputeRunner(database, scores(database, changed, 1));
    one.start();
    other.start();
    long run = one.begin().id();
    assertThat(other.begin().id()).as("joins it").isEqualTo(run);
    for (Happening happening : shuffled.subList(half, shuffled.size())) {
      during.take(happening);
    }
    addPoints(during);
    try {
      await().atMost(PATIENCE).until(() -> newest().state().equals("done"));
    } finally {
      one.stop();
      other.stop();
    }
    assertThat(facts(during)).isEqualTo(expected);
    assertThat(during.count("score_recompute")).isEqualTo(1);
    assertThat(newest().leadsDone()).isEqualTo(newest().leads());
  }

  @Test
  void an_engine_goes_on_where_another_one_died() {
    for (String person : PEOPLE) {
      intake(database, old).take(page("/pricing").by(person).minute(1));
    }
    RecomputeScores dead = scores(database, changed, 2);
    dead.begin();
    assertThat(dead.nextPage()).isTrue();
    assertThat(newest().leadsDone()).isEqualTo(2);

    var restarted = new RecomputeRunner(database, scores(database, changed, 2));
    restarted.start();
    try {
      await().atMost(PATIENCE).until(() -> newest().state().equals("done"));
    } finally {
      restarted.stop();
    }
    assertThat(newest().leadsDone()).isEqualTo(5);
    assertThat(newest().leadsChanged()).isEqualTo(5);
  }

  @Test
  void an_engine_with_yet_another_table_begins_anew() {
    for (String person : PEOPLE) {
      intake(database, old).take(page("/pricing").by(person).minute(1));
    }
    RecomputeScores dead = scores(database, changed, 3);
    dead.begin();
    assertThat(dead.nextPage()).isTrue();

    RecomputeScores restarted = scores(database, old, 3);
    while (restarted.nextPage()) {
      assertThat(newest().state()).isEqualTo("running");
    }
    assertThat(newest().leadsDone()).isEqualTo(5);
    assertThat(intake(database, old).points(intake(database, old).visitor("anna")))
        .containsExactly("20 studied the price list");
  }

  @Test
  void what_was_deployed_a_moment_ago_is_applied() {
    intake(database, old).take(page("/pricing").by("anna").minute(1));
    var rules = new Deployed(old);
    RecomputeScores scores = scores(database, rules, 1);
    rules.deployed = changed;
    scores.begin();
    while (scores.nextPage()) {
      assertThat(newest().state()).isEqualTo("running");
    }
    assertThat(intake(database, old).points(intake(database, old).visitor("anna")))
        .containsExactly("25 studied the price list");
  }

  @Test
  void what_is_deployed_while_it_is_under_way_is_applied_to_all_and_counted_once()
      throws IOException {
    for (String person : PEOPLE) {
      intake(database, old).take(page("/pricing").by(person).minute(1));
    }
    var rules = new Deployed(ScoringFixture.points("<text>20</text>", "<text>22</text>"));
    RecomputeScores scores = scores(database, rules, 3);
    scores.begin();
    assertThat(scores.nextPage()).isTrue();
    assertThat(scores.nextPage()).isTrue();
    rules.deployed = changed;
    while (scores.nextPage()) {
      assertThat(newest().state()).isEqualTo("running");
    }
    assertThat(intake(database, old).points(intake(database, old).visitor("anna")))
        .containsExactly("25 studied the price list");
    assertThat(newest().state()).isEqualTo("done");
    assertThat(newest().leadsDone()).isEqualTo(PEOPLE.size());
    assertThat(newest().leadsChanged()).isEqualTo(PEOPLE.size());
    assertThat(newest().entriesAdded() + newest().entriesChanged())
        .as("only by the last table")
        .isEqualTo(PEOPLE.size());
  }

  @Test
  void an_engine_that_does_not_know_the_newest_table_yet_looks_before_it_begins_anew() {
    intake(database, old).take(page("/pricing").by("anna").minute(1));
    scores(database, changed, 1).begin();
    var rules = new Deployed(old);
    rules.deployed = changed;
    RecomputeScores late = scores(database, rules, 1);
    while (late.nextPage()) {
      assertThat(newest().state()).isEqualTo("running");
    }
    assertThat(intake(database, old).points(intake(database, old).visitor("anna")))
        .containsExactly("25 studied the price list");
  }

  /** Rules that know what was deployed when they have looked. */
  private static final class Deployed implements Rules {

    private ScoreTable now;
    private ScoreTable deployed;

    Deployed(ScoreTable now) {
      this.now = now;
      this.deployed = now;
    }

    @Override
    public RuleSet now() {
      return ScoringFixture.rules(now);
    }

    @Override
    public void refresh() {
      now = deployed;
    }
  }

  @Test
  void nobody_works_while_another_engine_holds_the_lock() throws Exception {
    intake(database, old).take(page("/pricing").by("anna").minute(1));
    var runner = new RecomputeRunner(database, scores(database, changed, 1));
    new OneAtATime(database, RecomputeRunner.WORK)
        .run(
            () -> {
              runner.begin();
              runner.start();
              await().during(Duration.ofSeconds(1)).until(() -> newest().leadsDone() == 0);
              return false;
            });
    try {
      runner.begin();
      await().atMost(PATIENCE).until(() -> newest().state().equals("done"));
    } finally {
      runner.stop();
    }
  }

  @Test
  void it_is_asked_for_and_looked_at_over_http() throws Exception {
    intake(database, old).take(page("/pricing").by("anna").minute(1));
    RecomputeScores scores = scores(database, changed, 1);
    var runner = new RecomputeRunner(database, scores);
    MockMvc http = MockMvcBuilders.standaloneSetup(new ScoreApi(runner, scores)).build();
    String path = "/api/score/recompute";
    http.perform(get(path)).andExpect(status().isNotFound());
    http.perform(post(path).contentType(MediaType.APPLICATION_FORM_URLENCODED).content("a=b"))
        .andExpect(status().isUnsupportedMediaType());
    http.perform(post(path).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isAccepted())
        .andExpect(jsonPath("$.state").value("running"))
        .andExpect(jsonPath("$.leads").value(1));
    while (scores.nextPage()) {
      http.perform(get(path)).andExpect(jsonPath("$.state").value("running"));
    }
    http.perform(get(path))
        .andExpect(jsonPath("$.state").value("done"))
        .andExpect(jsonPath("$.leadsChanged").value(1));
  }

  @Test
  void a_fault_that_time_does_not_mend_ends_the_run_with_its_reason() {
    var before = intake(database, old);
    before.take(page("/pricing").by("anna").minute(1));
    before
        .jdbc
        .sql("alter table score_entry add constraint small check (points < 25) not valid")
        .update();
    var runner = new RecomputeRunner(database, scores(database, changed, 1));
    runner.start();
    try {
      runner.begin();
      await().atMost(PATIENCE).until(() -> newest().state().equals("failed"));
    } finally {
      runner.stop();
    }
    assertThat(newest().problem()).contains("SQLSTATE 23514");
    assertThat(before.points(before.visitor("anna"))).containsExactly("20 studied the price list");
  }

  private static List<Long> entries(Recompute run) {
    return List.of(run.entriesAdded(), run.entriesChanged(), run.entriesRemoved());
  }

  private Map<String, List<Object>> fromTheStart(List<Happening> story, Random random) {
    var intake = intake(TestDatabase.migratedForAnyUse(), changed);
    takeShuffled(intake, story, random);
    addPoints(intake);
    return facts(intake);
  }

  /** Some people with some browsers each, which turn out to be theirs. */
  private static List<Happening> story(Random random) {
    List<Happening> story = new ArrayList<>();
    for (String person : PEOPLE) {
      for (int browser = 0; browser < 1 + random.nextInt(3); browser++) {
        String id = person + browser;
        for (int i = 0; i < 6; i++) {
          Duration at = Duration.ofHours(random.nextInt(24 * 30));
          Happening happening =
              switch (random.nextInt(5)) {
                case 0 -> page("/pricing");
                case 1 -> track("Page Read");
                case 2 -> track("Lead Magnet Downloaded");
                case 3 -> track("Message Unsubscribed");
                default -> ordered(id + "-" + i, "mug");
              };
          story.add(happening.by(id).at(at));
        }
        story.add(alias(id, person).at(Duration.ofDays(31)));
      }
      story.add(identify(person).trait("firstName", person).at(Duration.ofDays(32)));
    }
    return story;
  }

  private static void takeShuffled(Intake intake, List<Happening> story, Random random) {
    List<Happening> left = new ArrayList<>(story);
    Collections.shuffle(left, random);
    while (!left.isEmpty()) {
      int size = 1 + random.nextInt(left.size());
      intake.take(left.subList(0, size).toArray(Happening[]::new));
      left.subList(0, size).clear();
    }
  }

  private static void addPoints(Intake intake) {
    intake.take(
        track("Points Added")
            .lead(intake.user("anna"))
            .with("points", 11)
            .with("reason", "came by")
            .at(Duration.ofDays(33)));
  }

  private static Map<String, List<Object>> facts(Intake intake) {
    Map<String, List<Object>> facts = new TreeMap<>();
    for (String person : PEOPLE) {
      UUID lead = intake.user(person);
      facts.put(
          person, List.of(intake.points(lead).stream().sorted().toList(), intake.score(lead)));
    }
    return facts;
  }

  private static Intake intake(DataSource database, ScoreTable table) {
    return new Intake(database, CLOCK, DECAY, table);
  }

  private Recompute recompute(DataSource database, ScoreTable table) {
    RecomputeScores scores = scores(database, table, 2);
    long run = scores.begin().id();
    while (scores.nextPage()) {
      assertThat(newest().id()).isEqualTo(run);
    }
    return newest();
  }

  private Recompute newest() {
    return new RecomputeJdbc(JdbcClient.create(database)).newest().orElseThrow();
  }

  static RecomputeScores scores(DataSource database, ScoreTable table, int leadsAtOnce) {
    return scores(database, () -> ScoringFixture.rules(table), leadsAtOnce);
  }

  private static RecomputeScores scores(DataSource database, Rules rules, int leadsAtOnce) {
    var template = new JdbcTemplate(database);
    JdbcClient jdbc = JdbcClient.create(template);
    return new RecomputeScores(
        new TransactionTemplate(new JdbcTransactionManager(database)),
        new RecomputeJdbc(jdbc),
        new LeadJdbc(jdbc),
        new PointsAnew(new EventJdbc(template), new ScoreJdbc(jdbc), DECAY),
        rules,
        DECAY,
        CLOCK,
        leadsAtOnce);
  }

  private ScoreTable table(String dmn) throws IOException {
    Path file = Files.createTempFile(folder, "score", ".dmn");
    return ScoreTable.read(Files.writeString(file, dmn), new SimpleMeterRegistry());
  }
}
