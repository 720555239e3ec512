package io.ripen.engine.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadsFixture;
import io.ripen.engine.leads.SegmentChange;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.segments.SegmentsFile;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Segments on real PostgreSQL, with events that come in as always and time that a test moves. */
class KeepSegmentsIT {

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final LeadsFixture leads = new LeadsFixture(database, clock);
  private final Segments segments =
      new SegmentsFile()
          .with("full-carts", "lead.openCarts > 0")
          .with("customers", "lead.stage = \"CUSTOMER\"")
          .with("quiet", "lead.visits > 0 and lead.daysAway >= 60")
          .with("guests", "\"list\"")
          .read();
  private final KeepSegments keep = keep(segments, Duration.ofHours(1));
  private ScoreTable points = ScoringFixture.SCORES;

  /** As an engine's first look does, when there is nobody yet. */
  @BeforeEach
  void everybody_was_looked_at() {
    renew(keep);
  }

  @Test
  void who_meets_the_condition_comes_in_and_drops_out_again() {
    UUID anna = leads.fillsCart("anna");
    renew(keep);
    assertThat(of(anna)).containsExactly("full-carts");
    assertThat(leads.signals("segment.")).containsExactly("segment.entered.full-carts");
    assertThat(leads.facts().readAll(List.of(anna)))
        .singleElement()
        .extracting(Facts::tree)
        .asString()
        .contains("segments=[full-carts]");

    leads.emptiesCart("anna");
    renew(keep);
    assertThat(of(anna)).isEmpty();
    assertThat(leads.signals("segment."))
        .containsExactly("segment.entered.full-carts", "segment.left.full-carts");

    leads.fillsCart("anna");
    leads.buys("anna");
    renew(keep);
    assertThat(of(anna)).containsExactly("customers");
  }

  @Test
  void nothing_changes_twice_and_nothing_is_looked_at_without_need() {
    leads.fillsCart("anna");
    leads.visits("boris");
    renew(keep);
    assertThat(keep.isCalledFor()).isFalse();
    leads.visits("anna");
    assertThat(keep.isCalledFor()).isTrue();
    renew(keep);
    assertThat(keep.isCalledFor()).isFalse();
    assertThat(leads.signals("segment.")).hasSize(1);
  }

  @Test
  void what_only_time_changes_is_found_by_the_look_at_everybody() {
    UUID anna = leads.visits("anna");
    renew(keep);
    now = now.plus(Duration.ofDays(59));
    UUID boris = leads.visits("boris");
    renew(keep);
    assertThat(of(anna)).isEmpty();

    now = now.plus(Duration.ofDays(1));
    renew(keep);
    assertThat(of(anna)).containsExactly("quiet");
    assertThat(of(boris)).isEmpty();
    assertThat(leads.signals("segment.entered.quiet")).hasSize(1);

    leads.visits("anna");
    renew(keep);
    assertThat(of(anna)).isEmpty();
  }

  @Test
  void other_conditions_are_applied_to_everybody_and_start_no_flow() {
    UUID anna = leads.fillsCart("anna");
    UUID boris = leads.visits("boris");
    renew(keep);
    KeepSegments changed =
        keep(
            new SegmentsFile()
                .with("visitors", "lead.visits > 0")
                .with("guests", "\"list\"")
                .read(),
            Duration.ofHours(1));
    renew(changed);
    assertThat(of(anna)).as("who was in another stays").containsExactly("full-carts", "visitors");
    assertThat(of(boris)).containsExactly("visitors");
    assertThat(leads.signals("segment.entered.visitors")).isEmpty();
  }

  @Test
  void who_is_active_while_other_conditions_are_applied_starts_no_flow_by_them_either() {
    leads.visits("anna");
    UUID boris = leads.visits("boris");
    renew(keep);
    KeepSegments changed =
        keep(
            new SegmentsFile()
                .with("full-carts", "lead.openCarts > 0")
                .with("visitors", "lead.visits > 0")
                .read(),
            Duration.ofHours(1));
    leads.fillsCart("anna");
    changed.page();
    assertThat(of(boris)).containsExactly("visitors");
    assertThat(leads.signals("segment.entered.visitors")).isEmpty();
    assertThat(leads.signals("segment.entered.full-carts"))
        .as("for this one they did something")
        .hasSize(1);
  }

  @Test
  void who_comes_in_after_the_look_at_everybody_has_passed_them_starts_a_flow() {
    UUID anna = leads.visits("anna");
    renew(keep);
    Segments other = new SegmentsFile().with("carts", "lead.openCarts > 0").read();
    KeepSegments changed = keep(other, Duration.ofHours(1));
    changed.page();
    assertThat(changed.isCalledFor()).as("its end is still to come").isTrue();
    leads.fillsCart("anna");
    changed.page();
    assertThat(of(anna)).containsExactly("carts");
    assertThat(leads.signals("segment.entered.carts")).hasSize(1);
  }

  @Test
  void conditions_that_change_twice_within_a_look_are_new_to_everybody() {
    leads.visits("anna");
    renew(keep);
    Segments first = new SegmentsFile().with("visitors", "lead.visits > 1").read();
    Segments second = new SegmentsFile().with("visitors", "lead.visits > 0").read();
    renew(keep(first, Duration.ofHours(1)));
    keep(second, Duration.ofHours(1)).page();
    keep(first, Duration.ofHours(1)).page();
    leads.visits("anna");
    renew(keep(second, Duration.ofHours(1)));
    assertThat(new SegmentsJdbc(jdbc).counts()).containsEntry("visitors", 1L);
    assertThat(leads.signals("segment.entered.visitors")).isEmpty();
  }

  @Test
  void who_is_lifted_by_a_recompute_starts_no_flow() throws IOException {
    Segments byPoints = new SegmentsFile().with("eager", "lead.score >= 25").read();
    KeepSegments byNow = keep(byPoints, Duration.ofHours(1));
    UUID anna = leads.studiesPrices("anna");
    renew(byNow);
    assertThat(of(anna)).isEmpty();

    ScoreTable more = ScoringFixture.points("<text>20</text>", "<text>30</text>");
    Runnable nextPage = leads.recomputes(more);
    // The look by time, in the midst of it.
    now = now.plus(Duration.ofHours(1));
    nextPage.run();
    renew(byNow);
    assertThat(of(anna)).containsExactly("eager");
    nextPage.run();
    renew(byNow);
    now = now.plus(Duration.ofHours(1));
    renew(byNow);
    assertThat(leads.signals("segment.entered.eager")).isEmpty();
  }

  @Test
  void who_is_lifted_by_a_recompute_and_found_after_it_starts_no_flow() throws IOException {
    Segments byPoints = new SegmentsFile().with("eager", "lead.score >= 25").read();
    KeepSegments byNow = keep(byPoints, Duration.ofHours(1));
    UUID anna = leads.studiesPrices("anna");
    renew(byNow);
    Runnable nextPage =
        leads.recomputes(ScoringFixture.points("<text>20</text>", "<text>30</text>"));
    nextPage.run();
    nextPage.run();
    renew(byNow);
    assertThat(of(anna)).containsExactly("eager");
    assertThat(leads.signals("segment.entered.eager")).isEmpty();

    leads.studiesPrices("boris");
    leads.readsArticle("boris");
    renew(byNow);
    assertThat(leads.signals("segment.entered.eager")).as("by what they did").hasSize(1);
  }

  @Test
  void another_table_of_points_or_temperature_makes_the_next_look_a_quiet_one() throws IOException {
    Segments byPoints = new SegmentsFile().with("eager", "lead.score >= 0").read();
    KeepSegments byNow = keep(byPoints, Duration.ofHours(1));
    renew(byNow);
    UUID anna = UUID.randomUUID();
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(anna)
        .update();
    points = ScoringFixture.points("<text>20</text>", "<text>30</text>");
    renew(byNow);
    assertThat(of(anna)).containsExactly("eager");
    assertThat(leads.signals("segment.")).isEmpty();
  }

  @Test
  void a_keeper_that_dies_leaves_nothing_undone_and_does_nothing_twice() {
    UUID anna = leads.fillsCart("anna");
    List<SegmentsJdbc.Due> due = new SegmentsJdbc(jdbc).due(10);
    // It changed the segment, and died before it could say so.
    leads
        .decisions()
        .changeSegments(
            "segment-dead",
            List.of(new SegmentChange(anna, "full-carts", true)),
            "its condition",
            false);
    assertThat(due).extracting(SegmentsJdbc.Due::lead).containsExactly(anna);
    renew(keep);
    assertThat(leads.signals("segment.")).containsExactly("segment.entered.full-carts");
  }

  @Test
  void who_changes_while_being_looked_at_is_looked_at_again() {
    UUID anna = leads.fillsCart("anna");
    List<SegmentsJdbc.Due> seen = new SegmentsJdbc(jdbc).due(10);
    leads.emptiesCart("anna");
    new SegmentsJdbc(jdbc).settled(seen);
    assertThat(keep.isCalledFor()).isTrue();
    renew(keep);
    assertThat(of(anna)).isEmpty();
  }

  @Test
  void lists_are_filled_by_flows_alone_and_tell_of_each_change_once() {
    UUID anna = leads.visits("anna");
    for (String step : List.of("flow-1", "flow-2")) {
      assertThat(
              leads
                  .decisions()
                  .changeSegments(
                      step,
                      List.of(new SegmentChange(anna, "guests", true)),
                      "flow x, step y",
                      false))
          .isEmpty();
    }
    renew(keep);
    assertThat(of(anna)).containsExactly("guests");
    assertThat(leads.signals("segment.")).containsExactly("segment.entered.guests");

    leads
        .decisions()
        .changeSegments(
            "flow-3", List.of(new SegmentChange(anna, "guests", false)), "flow x, step y", false);
    assertThat(of(anna)).isEmpty();
    assertThat(leads.signals("segment."))
        .containsExactly("segment.entered.guests", "segment.left.guests");
  }

  @Test
  void two_leads_who_turn_out_to_be_one_are_in_the_lists_of_both_and_come_in_by_conditions_anew() {
    leads.byCondition("full-carts", "customers", "quiet");
    UUID phone = leads.signsIn("annas-phone", "anna");
    UUID laptop = leads.fillsCart("annas-laptop");
    leads
        .decisions()
        .changeSegments(
            "flow-1", List.of(new SegmentChange(laptop, "guests", true)), "a flow", false);
    renew(keep);
    int before = leads.signals("segment.entered.full-carts").size();
    UUID anna = leads.signsIn("annas-laptop", "anna");
    assertThat(of(phone)).as("lists only").containsExactly("guests");
    renew(keep);
    assertThat(anna).isEqualTo(phone);
    assertThat(leads.signals("segment.entered.full-carts"))
        .as("flows are told of who they are now")
        .hasSize(before + 1);
    assertThat(of(anna)).containsExactly("full-carts", "guests");
    assertThat(of(laptop)).isEmpty();
  }

  @Test
  void who_never_came_into_a_segment_does_not_leave_it_by_a_merge() {
    leads.byCondition("full-carts", "customers", "quiet");
    UUID phone = leads.signsIn("annas-phone", "anna");
    UUID laptop = leads.fillsCart("annas-laptop");
    renew(keep);
    assertThat(of(laptop)).containsExactly("full-carts");
    leads.emptiesCart("annas-laptop");
    leads.signsIn("annas-laptop", "anna");
    renew(keep);
    assertThat(of(phone)).isEmpty();
    assertThat(of(laptop)).isEmpty();
    assertThat(leads.signals("segment.left")).isEmpty();
  }

  @Test
  void a_flow_that_knows_a_lead_by_a_former_id_takes_it_out_all_the_same() {
    UUID laptop = leads.fillsCart("annas-laptop");
    leads.signsIn("annas-phone", "anna");
    enters("flow-1", laptop);
    UUID anna = leads.signsIn("annas-laptop", "anna");
    enters("flow-2", laptop);
    assertThat(leads.signals("segment.")).containsExactly("segment.entered.guests");
    leads
        .decisions()
        .changeSegments(
            "flow-3", List.of(new SegmentChange(laptop, "guests", false)), "a flow", false);
    assertThat(of(anna)).doesNotContain("guests");
  }

  private void enters(String step, UUID lead) {
    leads
        .decisions()
        .changeSegments(step, List.of(new SegmentChange(lead, "guests", true)), "a flow", false);
  }

  @Test
  void more_leads_than_go_into_a_page_all_have_their_turn() {
    renew(keep);
    int many = 1100;
    jdbc.sql(
            """
            insert into lead (id, visits, first_seen_at, last_seen_at)
            select gen_random_uuid(), 1, :then, :then from generate_series(1, :many)
            """)
        .param("then", now.minus(Duration.ofDays(61)).atOffset(ZoneOffset.UTC))
        .param("many", many)
        .update();
    now = now.plus(Duration.ofHours(1));
    renew(keep);
    assertThat(new SegmentsJdbc(jdbc).counts()).containsEntry("quiet", (long) many);
    assertThat(leads.signals("segment.entered.quiet")).hasSize(many);
  }

  private KeepSegments keep(Segments some, Duration sweepEvery) {
    return new KeepSegments(
        () -> Conditions.of(some, points.digest(), new SegmentsJdbc(jdbc).recomputes()),
        new Membership(
            leads.facts(), new Feel(clock), leads.decisions(), new SimpleMeterRegistry()),
        new SegmentsJdbc(jdbc),
        clock,
        sweepEvery);
  }

  private static void renew(KeepSegments keep) {
    while (keep.isCalledFor()) {
      keep.page();
    }
  }

  private Collection<String> of(UUID lead) {
    return jdbc.sql("select segment from segment_member where lead_id = ? order by 1")
        .param(lead)
        .query(String.class)
        .list();
  }
}
