package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.NOON;
import static io.ripen.engine.leads.Happening.alias;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.scoring.Decay;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringIT {

  private static final DecidedBy FLOW_Q = DecidedBy.step("q", "becomeMql", 7, null);

  private final Intake intake = new Intake(TestDatabase.migrated());

  /** The example of the domain: 10, 15, 20, and -10. */
  @Test
  void a_lead_earns_points_for_what_it_does_and_each_keeps_its_cause() {
    intake.takeOneByOne(
        track("Lead Magnet Downloaded").by("anna").minute(1),
        track("Page Read").by("anna").minute(2),
        page("/pricing").by("anna").minute(3));
    UUID anna = intake.visitor("anna");
    assertThat(intake.score(anna)).isEqualTo(45);
    assertThat(temperature(anna)).isEqualTo("hot");

    intake.take(track("Message Unsubscribed").lead(anna).id("no-more").minute(4));
    assertThat(intake.score(anna)).isEqualTo(35);
    assertThat(intake.points(anna))
        .containsExactly(
            "10 downloaded an e-book",
            "15 read articles",
            "20 studied the price list",
            "-10 unsubscribed");
    assertThat(
            intake
                .jdbc
                .sql("select cause from score_entry where points < 0")
                .query(String.class)
                .single())
        .isEqualTo("no-more");
  }

  @Test
  void the_same_again_counts_as_often_as_the_table_says() {
    intake.take(
        page("/pricing").by("anna").minute(1),
        page("/pricing").by("anna").minute(2),
        track("Page Read").by("anna").minute(3),
        track("Page Read").by("anna").minute(4));
    intake.take(
        page("/pricing").by("anna").at(Duration.ofDays(-1)),
        track("Page Read").by("anna").at(Duration.ofDays(-1)),
        track("Message Unsubscribed").by("anna").minute(5),
        track("Message Unsubscribed").by("anna").at(Duration.ofDays(1)));
    assertThat(intake.points(intake.visitor("anna")))
        .containsExactly(
            "20 studied the price list",
            "15 read articles",
            "15 read articles",
            "-10 unsubscribed",
            "-10 unsubscribed");
    assertThat(intake.score(intake.visitor("anna"))).isEqualTo(30);
  }

  /** STOP tells a no to each purpose, and that they unsubscribed. */
  @Test
  void who_wants_no_more_loses_points_once_however_they_say_so() {
    intake.take(no("marketing").by("anna").minute(1), no("newsletter").by("anna").minute(1));
    intake.take(track("Message Unsubscribed").by("anna").minute(1));
    assertThat(intake.points(intake.visitor("anna"))).containsExactly("-10 unsubscribed");

    intake.take(no("marketing").by("bela").minute(1));
    assertThat(intake.points(intake.visitor("bela"))).containsExactly("-10 unsubscribed");
  }

  private static Happening no(String purpose) {
    return track("Consent Withdrawn").with("channel", "email").with("purpose", purpose);
  }

  @Test
  void crossing_the_threshold_is_told_once() {
    intake.take(leavesAddress("anna").minute(0), page("/pricing").by("anna").minute(1));
    assertThat(intake.signals()).doesNotContain("score.crossed");
    intake.take(track("Page Read").by("anna").minute(2));
    intake.take(track("Form Submitted").by("anna").minute(3));
    assertThat(intake.signals()).containsOnlyOnce("score.crossed");
  }

  @Test
  void of_who_cannot_be_reached_it_is_told_when_they_can_be() {
    intake.takeOneByOne(
        page("/pricing").by("anna").minute(1), track("Page Read").by("anna").minute(2));
    assertThat(intake.score(intake.visitor("anna"))).isEqualTo(35);
    assertThat(intake.signals()).doesNotContain("score.crossed");

    intake.take(leavesAddress("anna").minute(3), track("Form Submitted").by("anna").minute(3));
    assertThat(intake.signals()).containsOnlyOnce("score.crossed", "stage.lead");
    intake.take(page("/pricing").by("anna").at(Duration.ofDays(1)));
    assertThat(intake.signals()).containsOnlyOnce("score.crossed");
  }

  @Test
  void who_crossed_it_unknown_and_turns_out_to_be_known_is_told_once() {
    intake.take(leavesAddress("phone").user("anna").minute(0));
    intake.takeOneByOne(
        page("/pricing").by("laptop").minute(1), track("Page Read").by("laptop").minute(2));
    assertThat(intake.signals()).doesNotContain("score.crossed");

    intake.take(identify("anna").by("laptop").minute(3));
    assertThat(intake.score(intake.user("anna"))).isEqualTo(35);
    assertThat(intake.signals()).containsOnlyOnce("score.crossed");
  }

  private static Happening leavesAddress(String visitor) {
    return identify(visitor).by(visitor).trait("email", visitor + "@example.com");
  }

  @Test
  void two_leads_that_are_one_cross_it_together_and_count_what_counts_once_only_once() {
    intake.take(page("/pricing").by("phone").minute(1), identify("anna").by("phone").minute(1));
    intake.take(page("/pricing").by("laptop").minute(2), track("Page Read").by("laptop").minute(3));
    assertThat(intake.score(intake.visitor("laptop"))).isEqualTo(35);

    intake.take(identify("anna").by("laptop").minute(4));
    UUID anna = intake.user("anna");
    assertThat(intake.visitor("laptop")).isEqualTo(anna);
    assertThat(intake.points(anna))
        .containsExactly("20 studied the price list", "15 read articles");
    assertThat(intake.score(anna)).isEqualTo(35);
    assertThat(intake.count("score_entry")).isEqualTo(2);
  }

  @Test
  void points_that_a_flow_gives_count_and_those_that_a_browser_gives_itself_do_not() {
    intake.take(
        page("/").by("anna").minute(1),
        track("Points Added").by("anna").with("points", 500).minute(2));
    UUID anna = intake.visitor("anna");
    assertThat(intake.score(anna)).isZero();
    intake.take(
        track("Points Added").lead(anna).with("points", 7).with("reason", "came by").minute(3));
    assertThat(intake.points(anna)).containsExactly("7 came by");
  }

  @Test
  void a_decision_moves_a_lead_on_and_an_impossible_one_is_refused_with_its_reason() {
    intake.take(identify("anna").by("anna").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    intake.take(decided(anna, "SALES", "takes the call").minute(2));
    intake.take(decided(anna, "MQL", "not now").minute(3));
    intake.take(decided(anna, "LEAD", "no way back").id("back").minute(4));
    intake.take(decided(anna, "GURU", "there is none").minute(5));
    intake.take(decided(anna, "SQL", " ").minute(6));
    intake.take(track("Stage Changed").by("anna").with("to", "CUSTOMER").minute(7));

    assertThat(intake.stages(anna))
        .containsExactly(
            "VISITOR LEAD: left a way to reach them",
            "LEAD SALES: takes the call",
            "SALES MQL: not now");
    assertThat(intake.lead(anna)).containsEntry("stage", "MQL");
    assertThat(intake.dead).hasSize(3);
    assertThat(intake.dead.stream().map(dead -> Intake.header(dead, "ripen-reason")))
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .contains(
                        "'LEAD', and the lead is MQL (expected: one of SQL, SALES, CUSTOMER"));
    assertThat(intake.signals()).contains("stage.lead", "stage.mql", "stage.changed");
  }

  @Test
  void the_newest_answer_to_each_question_counts_and_is_told_to_flows() {
    intake.take(
        answered("topic", "prices").by("anna").minute(2),
        answered("topic", "features").by("anna").minute(1),
        answered("no name", "of ours").by("anna").minute(3));
    assertThat(
            Intake.lead(intake.facts.read(Subject.lead(intake.visitor("anna"))).orElseThrow())
                .get("answers"))
        .isEqualTo(Map.of("topic", "prices"));
    assertThat(intake.signals()).filteredOn("answer.given"::equals).hasSize(3);
  }

  @Test
  void a_lead_who_answers_and_comes_back_is_told_to_flows_and_so_is_each_answer_after_that() {
    intake.take(
        identify("anna").by("anna").trait("email", "anna@example.com").minute(0),
        page("/").by("anna").minute(1),
        answered("material", "clay").by("anna").minute(2));
    assertThat(intake.signals()).doesNotContain("lead.engaged");
    intake.take(page("/").by("anna").minute(120), page("/teas").by("anna").minute(121));
    assertThat(intake.signals()).containsOnlyOnce("lead.engaged");
    intake.take(answered("material", "glass").by("anna").minute(122));
    assertThat(intake.signals()).filteredOn("lead.engaged"::equals).hasSize(2);
    UUID anna = intake.user("anna");
    intake.take(decided(anna, "MQL", "enough points").minute(123));
    intake.take(answered("material", "clay").by("anna").minute(124));
    assertThat(intake.signals()).filteredOn("lead.engaged"::equals).hasSize(2);
  }

  @Test
  void who_comes_back_after_a_not_now_is_engaged_only_by_an_answer_of_their_own_since_then() {
    intake.take(
        identify("anna").by("anna").trait("email", "anna@example.com").minute(0),
        page("/").by("anna").minute(1),
        answered("material", "clay").by("anna").minute(2));
    UUID anna = intake.user("anna");
    intake.take(decided(anna, "SALES", "takes the call").minute(3));
    intake.take(
        answered("budget", "no").with("by", "olga").lead(anna).minute(4),
        decided(anna, "LEAD", "sales: not now").minute(4));
    intake.take(page("/").by("anna").minute(120));
    intake.take(answered("timing", "later").with("by", "olga").lead(anna).minute(121));
    intake.take(page("/").by("anna").minute(240));
    assertThat(intake.signals()).contains("site.revisited").doesNotContain("lead.engaged");

    intake.take(answered("topic", "glazes").by("anna").minute(241));
    assertThat(intake.signals()).as("a flow goes on with it").doesNotContain("lead.engaged");
    intake.take(page("/").by("anna").minute(360));
    assertThat(intake.signals()).containsOnlyOnce("lead.engaged");
  }

  @Test
  void facts_know_the_event_that_started_the_flow_and_what_was_agreed_to() {
    intake.take(
        track("Product Viewed").by("anna").with("name", "Moon Vase").id("seen").minute(1),
        identify("anna").by("anna").trait("telegram", "4711").minute(2));
    UUID anna = intake.user("anna");
    intake
        .jdbc
        .sql(
            "insert into consent (lead_id, channel, purpose, granted, changed_at, proof) values"
                + " (:anna, 'email', 'newsletter', true, now(), '{}'),"
                + " (:anna, 'email', 'marketing', true, now() - interval '1 day', '{}'),"
                + " (:anna, 'email', 'marketing', false, now(), '{}')")
        .param("anna", anna)
        .update();
    Facts facts = intake.facts.read(new Subject(anna, null, null, "seen")).orElseThrow();
    assertThat(facts.tree().get("event"))
        .extracting("name", "properties")
        .containsExactly("Product Viewed", Map.of("name", "Moon Vase"));
    assertThat(Intake.lead(facts).get("consents"))
        .isEqualTo(Map.of("email", Map.of("newsletter", true, "marketing", false)));
    assertThat(facts.person().messenger()).isEqualTo("telegram:4711");

    intake.take(identify("boris").by("boris").trait("messenger", "4627193850172931").minute(3));
    assertThat(
            intake
                .facts
                .read(Subject.lead(intake.user("boris")))
                .orElseThrow()
                .person()
                .messenger())
        .isEqualTo("messenger:4627193850172931");
  }

  @Test
  void a_decision_is_carried_out_once_and_at_once() {
    intake.take(identify("anna").by("anna").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    Decisions decisions = intake.decisions;

    assertThat(decisions.moveTo("d1", anna, Stage.MQL, "enough points", FLOW_Q))
        .isEqualTo(new Decisions.Outcome.Moved());
    assertThat(intake.lead(anna)).containsEntry("stage", "MQL");
    assertThat(decisions.moveTo("d1", anna, Stage.MQL, "enough points", FLOW_Q))
        .as("asked again by a worker whose answer was lost")
        .isEqualTo(new Decisions.Outcome.Moved());
    assertThat(decisions.moveTo("d2", anna, Stage.LEAD, "back", FLOW_Q))
        .isEqualTo(new Decisions.Outcome.AlreadyThere());
    assertThat(decisions.moveTo("d3", anna, Stage.NO_NEED, "declined", FLOW_Q))
        .isEqualTo(new Decisions.Outcome.Moved());
    assertThat(decisions.moveTo("d4", anna, Stage.SQL, "late", FLOW_Q))
        .isInstanceOfSatisfying(
            Decisions.Outcome.Impossible.class,
            no -> assertThat(no.reason()).contains("the lead is NO_NEED"));

    assertThat(decisions.addPoints("d5", anna, 7, "came by", "flow q")).isEmpty();
    assertThat(decisions.addPoints("d5", anna, 7, "came by", "flow q")).isEmpty();
    assertThat(intake.points(anna)).containsExactly("7 came by");
    assertThat(intake.stages(anna))
        .containsExactly(
            "VISITOR LEAD: left a way to reach them",
            "LEAD MQL: enough points",
            "MQL NO_NEED: declined");
  }

  @Test
  void a_buyer_is_a_customer_also_after_saying_no() {
    intake.take(identify("anna").by("anna").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    intake.take(decided(anna, "NO_NEED", "has one already").minute(2));
    intake.take(ordered("o1", "mug").by("anna").minute(3));
    assertThat(intake.lead(anna)).containsEntry("stage", "CUSTOMER");
    assertThat(intake.signals()).contains("stage.customer");
  }

  /**
   * All that happens to three browsers of one person and their merges, in any order and batches.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void the_order_in_which_events_come_in_does_not_matter(long seed) {
    var clock = Clock.fixed(NOON.plus(Duration.ofDays(90)), ZoneOffset.UTC);
    var decay = new Decay(Duration.ofDays(20));
    var inOrder = new Intake(TestDatabase.migrated(), clock, decay);
    var shuffled = new Intake(TestDatabase.migrated(), clock, decay);
    List<Happening> story = story();
    inOrder.takeOneByOne(story.toArray(Happening[]::new));

    var random = new Random(seed);
    List<Happening> again = new ArrayList<>(story);
    again.addAll(story.subList(0, story.size() / 2));
    Collections.shuffle(again, random);
    while (!again.isEmpty()) {
      int size = 1 + random.nextInt(again.size());
      shuffled.take(again.subList(0, size).toArray(Happening[]::new));
      again.subList(0, size).clear();
    }
    assertThat(facts(shuffled)).isEqualTo(facts(inOrder));
  }

  private static List<Happening> story() {
    List<Happening> story = new ArrayList<>();
    for (String browser : List.of("phone", "laptop", "tablet")) {
      int day = browser.length();
      story.add(page("/pricing").by(browser).at(Duration.ofDays(day)));
      story.add(track("Page Read").by(browser).at(Duration.ofDays(20)));
      story.add(track("Page Read").by(browser).at(Duration.ofDays(20 + day)));
      story.add(track("Message Unsubscribed").by(browser).at(Duration.ofDays(30 + day)));
    }
    story.add(identify("anna").by("phone").trait("email", "a@example.com").at(Duration.ofDays(40)));
    story.add(alias("laptop", "anna").at(Duration.ofDays(41)));
    story.add(alias("tablet", "anna").at(Duration.ofDays(42)));
    story.add(ordered("o1", "mug").by("laptop").at(Duration.ofDays(50)));
    story.add(answered("topic", "prices").by("phone").at(Duration.ofDays(21)));
    story.add(answered("topic", "features").by("laptop").at(Duration.ofDays(22)));
    story.add(answered("topic", "examples").by("tablet").at(Duration.ofDays(22)));
    story.add(answered("need", "yes").by("tablet").at(Duration.ofDays(43)));
    return story;
  }

  private static Happening answered(String question, String answer) {
    return track("Question Answered").with("question", question).with("answer", answer);
  }

  private static List<Object> facts(Intake intake) {
    UUID anna = intake.user("anna");
    Map<String, Object> lead = Intake.lead(intake.facts.read(Subject.lead(anna)).orElseThrow());
    return List.of(
        intake.visitor("phone").equals(anna) && intake.visitor("tablet").equals(anna),
        intake.points(anna),
        lead.get("score"),
        lead.get("temperature"),
        lead.get("stage"),
        lead.get("answers"),
        intake.count("score_entry"));
  }

  private Object temperature(UUID lead) {
    return Intake.lead(intake.facts.read(Subject.lead(lead)).orElseThrow()).get("temperature");
  }

  @Test
  void no_flow_by_itself_takes_a_lead_away_from_sales() {
    intake.take(identify("anna").by("phone").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    DecidedBy olga = DecidedBy.step("h", "notNow", 9L, "olga");
    intake.decisions.moveTo("d1", anna, Stage.SALES, "accepted", olga);
    List<String> before = intake.stages(anna);

    for (Stage back : List.of(Stage.LEAD, Stage.MQL, Stage.SQL)) {
      assertThat(intake.decisions.moveTo("d-" + back, anna, back, "enough points", FLOW_Q))
          .isEqualTo(new Decisions.Outcome.AlreadyThere());
    }
    assertThat(intake.stages(anna)).isEqualTo(before);

    assertThat(intake.decisions.moveTo("d2", anna, Stage.MQL, "sales: not now", olga))
        .isEqualTo(new Decisions.Outcome.Moved());
    assertThat(intake.stages(anna)).last().isEqualTo("SALES MQL: sales: not now");
  }

  @Test
  void each_change_says_by_whom_it_is_and_keeps_that_when_leads_merge() {
    intake.take(identify("before").by("laptop").trait("email", "a@example.com").minute(0));
    intake.take(identify("anna").by("phone").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    intake.decisions.moveTo("d1", anna, Stage.MQL, "enough points", FLOW_Q);
    intake.decisions.moveTo(
        "d2", anna, Stage.SALES, "accepted", DecidedBy.step("h", "toSales", 9L, "olga"));
    intake.take(decided(anna, "NO_NEED", "said so").minute(2));
    intake.take(ordered("o1", "mug").by("phone").minute(3));
    List<String> hers =
        List.of(
            "LEAD by null/null/null/null/reachable",
            "MQL by q/becomeMql/7/null/null",
            "SALES by h/toSales/9/olga/null",
            "NO_NEED by null/null/null/null/untold",
            "CUSTOMER by null/null/null/null/purchase");
    assertThat(intake.deciders(anna)).isEqualTo(hers);

    UUID older = intake.user("before");
    intake.take(alias("anna", "before").minute(4));
    assertThat(intake.user("anna")).isEqualTo(older);
    assertThat(intake.deciders(anna)).isEqualTo(hers);
    assertThat(intake.deciders(older))
        .containsExactly(
            "LEAD by null/null/null/null/reachable", "CUSTOMER by null/null/null/null/merge");
  }

  @Test
  void a_decision_that_is_read_again_is_by_the_same() {
    intake.take(identify("anna").by("anna").trait("email", "anna@example.com").minute(1));
    UUID anna = intake.user("anna");
    Happening read =
        decided(anna, "SALES", "accepted")
            .with("flow", "sales-handoff")
            .with("element", "serviceTask_toSales")
            .with("instance", "2251799813685249")
            .with("person", "olga")
            .id("read")
            .minute(2);
    intake.take(read);
    intake.take(read);
    assertThat(intake.deciders(anna))
        .containsExactly(
            "LEAD by null/null/null/null/reachable",
            "SALES by sales-handoff/serviceTask_toSales/2251799813685249/olga/null");
  }

  private static Happening decided(UUID lead, String to, String reason) {
    return track("Stage Changed").lead(lead).with("to", to).with("reason", reason);
  }
}
