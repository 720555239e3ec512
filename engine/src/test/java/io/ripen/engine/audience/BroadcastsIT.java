package io.ripen.engine.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.audience.BroadcastPlan.Does;
import io.ripen.engine.audience.SegmentsJdbc.Sweep;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.segments.SegmentsFile;
import io.ripen.engine.steps.FlowNotStarted;
import io.ripen.engine.steps.StartFlow;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Broadcasts on real PostgreSQL, to a Zeebe that a test lets fail. */
class BroadcastsIT {

  private static final String FLOW = "nurturing";
  private static final String SEGMENT = "guests";
  private static final int MANY = 50;
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final StartFlow startFlow = mock(StartFlow.class, RETURNS_DEEP_STUBS);
  private final Segments segments =
      new SegmentsFile().with(SEGMENT, "\"list\"").with("eager", "lead.visits > 3").read();
  private final List<UUID> asked = new ArrayList<>();
  private final Set<UUID> started = new HashSet<>();
  private int failsAt = -1;

  @BeforeEach
  void members() throws Exception {
    jdbc.sql(
            """
            insert into segment_member (segment, lead_id, since)
            select 'guests', gen_random_uuid(), now() from generate_series(1, ?)
            """)
        .param(MANY)
        .update();
    when(startFlow.obstacle(any())).thenReturn(Optional.empty());
    when(startFlow.start(any(), any(), any()))
        .thenAnswer(
            call -> {
              UUID lead = call.getArgument(1);
              asked.add(lead);
              boolean isNew = started.add(lead);
              if (asked.size() == failsAt) {
                throw new IllegalStateException("Zeebe takes no more for now");
              }
              return isNew ? StartFlow.Outcome.STARTED : StartFlow.Outcome.UNSURE;
            });
  }

  @Test
  void everybody_in_the_segment_has_their_turn_once() {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, null, false);
    assertThat(begun.leads()).isEqualTo(MANY);
    assertThat(broadcasts().begin(FLOW, SEGMENT, null, false).id())
        .as("joins it")
        .isEqualTo(begun.id());
    run(broadcasts());
    assertThat(asked).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).started()).isEqualTo(MANY);
    assertThat(broadcasts().isAnyDue()).isFalse();
    assertThat(broadcasts().begin(FLOW, SEGMENT, null, false))
        .as("asked twice")
        .isEqualTo(of(begun));
    run(broadcasts());
    assertThat(asked).hasSize(MANY);
    assertThat(broadcasts().begin(FLOW, SEGMENT, null, true).id()).isNotEqualTo(begun.id());
  }

  @Test
  void one_that_is_done_does_nothing_days_later_either_and_begins_anew_only_when_told_so() {
    Broadcast begun = after(0).begin(FLOW, SEGMENT, null, false);
    run(after(0));
    int days = 3 * 24 * 3_600;
    assertThat(after(days).begin(FLOW, SEGMENT, null, false)).isEqualTo(of(begun));
    run(after(days));
    assertThat(asked).as("nobody gets the flow again").hasSize(MANY);

    Broadcast anew = after(days).begin(FLOW, SEGMENT, null, true);
    assertThat(anew.id()).isNotEqualTo(begun.id());
    assertThat(anew.state()).isEqualTo("running");
  }

  @Test
  void told_so_it_begins_anew_from_every_state_but_on_its_way() throws Exception {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, 1, false);
    run(broadcasts());
    assertThat(broadcasts().begin(FLOW, SEGMENT, 1, true).id()).isEqualTo(begun.id());

    broadcasts().stop(begun.id());
    Broadcast afterStop = broadcasts().begin(FLOW, SEGMENT, null, true);
    assertThat(afterStop.id()).isNotEqualTo(begun.id());
    run(broadcasts());
    assertThat(asked).as("from the start").hasSize(1 + MANY);

    FlowNotStarted problem = mock(FlowNotStarted.class);
    doThrow(problem).when(startFlow).start(any(), any(), any());
    Broadcast failed = broadcasts().begin(FLOW, SEGMENT, null, true);
    run(broadcasts());
    assertThat(of(failed).state()).isEqualTo("failed");
    assertThat(broadcasts().begin(FLOW, SEGMENT, null, true).id()).isNotEqualTo(failed.id());
  }

  @Test
  void whoever_dies_on_the_way_is_followed_by_one_that_goes_on_there() {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, null, false);
    failsAt = 33;
    assertThatThrownBy(() -> run(broadcasts())).hasMessageContaining("takes no more");
    assertThat(of(begun).state()).isEqualTo("running");
    assertThat(of(begun).done()).isEqualTo(32);
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).done()).isEqualTo(MANY);
    // Of one start nobody can say what became of it.
    assertThat(asked).hasSize(MANY + 1);
    assertThat(of(begun).started()).isEqualTo(MANY - 1);
  }

  @Test
  void at_a_pace_no_more_start_than_it_allows() {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, 1, false);
    Broadcasts slow = broadcasts();
    run(slow);
    assertThat(asked).hasSize(1);
    assertThat(of(begun).state()).isEqualTo("running");

    slow.begin(FLOW, SEGMENT, 1, false);
    run(slow);
    assertThat(asked).as("whoever asks again is no faster").hasSize(1);
  }

  /** Looked at every ten seconds, but for a quarter of an hour without Zeebe. */
  @Test
  void no_hour_has_more_starts_than_it_allows_however_often_it_is_stopped() {
    int most = 36;
    Broadcast begun = after(0).begin(FLOW, SEGMENT, most, false);
    List<Integer> starts = new ArrayList<>();
    for (int second = 0; asked.size() < MANY; second += 10) {
      if (second < 2_000 || second > 2_900) {
        run(after(second));
      }
      starts.addAll(Collections.nCopies(asked.size() - starts.size(), second));
      if (second % 500 == 0) {
        after(second).stop(begun.id());
        after(second).begin(FLOW, SEGMENT, most, false);
      }
    }
    for (int i = most; i < MANY; i++) {
      assertThat(starts.get(i) - starts.get(i - most))
          .as("start %d", i)
          .isGreaterThanOrEqualTo(3_600);
    }
    assertThat(starts.getLast()).as("no slower than it need be").isLessThan(2 * 3_600);
  }

  @Test
  void another_pace_holds_for_the_next_turn_already() {
    after(0).begin(FLOW, SEGMENT, 1, false);
    run(after(0));
    after(1).begin(FLOW, SEGMENT, 60, false);
    run(after(1));
    assertThat(asked).as("not at once").hasSize(1);
    run(after(62));
    assertThat(asked).as("nor an hour later").hasSize(2);
  }

  @Test
  void nobody_has_their_turn_and_nothing_ends_before_everybody_was_looked_at() {
    jdbc.sql(
            "update segment_member set segment = 'eager' where lead_id in (select lead_id from segment_member limit 3)")
        .update();
    Broadcast begun = broadcasts().begin(FLOW, "eager", null, false);
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("running");
    assertThat(asked).isEmpty();
    assertThat(broadcasts().isAnyDue()).isFalse();

    var table = new SegmentsJdbc(jdbc);
    table.beginSweep(new Sweep(conditions().lines(), Set.of(), NOON, false, null));
    run(broadcasts());
    assertThat(of(begun).state()).as("in the midst of it").isEqualTo("running");

    jdbc.sql("update segment_member set segment = 'eager'").update();
    table.endSweep(NOON);
    run(broadcasts());
    assertThat(asked).hasSize(MANY);
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).leads()).isEqualTo(MANY);
  }

  @Test
  void a_pace_can_be_lifted_and_set_again() {
    Broadcast begun = after(0).begin(FLOW, SEGMENT, 1, false);
    run(after(0));
    assertThat(asked).hasSize(1);
    assertThat(after(1).begin(FLOW, SEGMENT, null, false).perHour()).as("stays").isEqualTo(1);
    assertThat(after(1).begin(FLOW, SEGMENT, 0, false).perHour()).isNull();
    assertThat(after(1).round()).isTrue();
    int lifted = asked.size();
    assertThat(lifted).isGreaterThan(2);
    after(2).begin(FLOW, SEGMENT, 1, false);
    run(after(2));
    run(after(3));
    assertThat(asked).hasSizeLessThanOrEqualTo(lifted + 1);
    after(4).begin(FLOW, SEGMENT, 0, false);
    run(after(4));
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(asked).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(after(5).begin(FLOW, SEGMENT, 0, true).perHour()).as("from the start").isNull();
  }

  @Test
  void a_dry_run_says_what_the_command_would_do() {
    BroadcastPlan first = after(0).plan(FLOW, SEGMENT, 20, false);
    assertThat(first.does()).isEqualTo(Does.BEGINS);
    assertThat(first.leads()).isEqualTo(MANY);
    assertThat(first.seconds()).isEqualTo(2 * 3_600 + 1_800);
    assertThat(after(0).newest(1)).as("and does nothing").isEmpty();

    Broadcast begun = after(0).begin(FLOW, SEGMENT, 10, false);
    run(after(0));
    after(0).stop(begun.id());
    BroadcastPlan second = after(0).plan(FLOW, SEGMENT, null, false);
    assertThat(second.does()).isEqualTo(Does.GOES_ON);
    assertThat(second.leads()).as("those who are left").isEqualTo(MANY - 1);
    assertThat(second.perHour()).as("at the pace that it has").isEqualTo(10);
    assertThat(after(0).plan(FLOW, SEGMENT, 0, false).seconds()).isNull();
    assertThat(after(0).plan(FLOW, SEGMENT, null, true).does()).isEqualTo(Does.BEGINS);

    after(0).begin(FLOW, SEGMENT, 0, false);
    run(after(0));
    BroadcastPlan third = after(0).plan(FLOW, SEGMENT, null, false);
    assertThat(third.does()).isEqualTo(Does.NOTHING);
    assertThat(third.leads()).isZero();
    assertThat(third.last()).isEqualTo(of(begun));
  }

  @Test
  void a_dry_run_says_that_a_segment_is_still_being_counted() {
    assertThat(broadcasts().plan(FLOW, "eager", null, false).beingCounted()).isTrue();
    assertThat(broadcasts().plan(FLOW, SEGMENT, null, false).beingCounted()).isFalse();
  }

  @Test
  void a_segment_that_goes_by_points_waits_until_they_are_made_anew() {
    Segments byPoints = new SegmentsFile().with("eager", "lead.score > 30").read();
    var then = new SegmentsJdbc.Recomputes(0, false);
    jdbc.sql(
            """
            insert into segment_sweep (conditions, settled, started_at, ended_at)
            values (:lines, '', now(), now())
            """)
        .param("lines", String.join("\n", Conditions.of(byPoints, "", then).lines()))
        .update();
    assertThat(countsWhile(byPoints, then)).isFalse();
    assertThat(countsWhile(byPoints, new SegmentsJdbc.Recomputes(0, true))).isTrue();
  }

  private boolean countsWhile(Segments given, SegmentsJdbc.Recomputes recomputes) {
    return new Broadcasts(
            new BroadcastsJdbc(jdbc),
            new SegmentsJdbc(jdbc),
            () -> Conditions.of(given, "", recomputes),
            startFlow,
            Clock.systemUTC())
        .isBeingCounted("eager");
  }

  @Test
  void it_is_stopped_by_flow_and_segment_however_many_came_after_it() throws Exception {
    jdbc.sql(
            """
            insert into broadcast (flow, segment, state, started_at, leads)
            select 'flow-' || i, 'guests', 'running', now(), 1 from generate_series(1, 60) as i
            """)
        .update();
    MockMvc http = MockMvcBuilders.standaloneSetup(new BroadcastsApi(broadcasts())).build();
    String asked = "{\"flow\": \"flow-1\", \"segment\": \"guests\"}";
    http.perform(
            post("/api/broadcasts/stop").contentType(MediaType.APPLICATION_JSON).content(asked))
        .andExpect(jsonPath("$.flow").value("flow-1"))
        .andExpect(jsonPath("$.state").value("stopped"));
    http.perform(
            post("/api/broadcasts/stop").contentType(MediaType.APPLICATION_JSON).content(asked))
        .andExpect(status().isNotFound());
  }

  @Test
  void the_next_page_costs_the_same_in_the_midst_of_many_members() {
    jdbc.sql(
            """
            insert into segment_member (segment, lead_id, since)
            select 'guests', gen_random_uuid(), now() from generate_series(1, 20000)
            """)
        .update();
    jdbc.sql("analyze segment_member").update();
    List<String> plan =
        jdbc.sql("explain " + BroadcastsJdbc.MEMBERS)
            .param("segment", SEGMENT)
            .param("after", UUID.fromString("80000000-0000-0000-0000-000000000000"))
            .param("cause", "broadcast 1")
            .param("most", 20)
            .query(String.class)
            .list();
    assertThat(plan)
        .anySatisfy(line -> assertThat(line).contains("Index Cond").containsPattern("lead_id > "));
  }

  @Test
  void a_look_by_time_keeps_nobody_waiting() {
    jdbc.sql("update segment_member set segment = 'eager'").update();
    Set<String> lines = conditions().lines();
    new SegmentsJdbc(jdbc).beginSweep(new Sweep(lines, lines, NOON, false, null));
    Broadcast begun = broadcasts().begin(FLOW, "eager", null, false);
    assertThat(begun.leads()).isEqualTo(MANY);
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("done");
  }

  @Test
  void a_stopped_one_starts_nobody_more() {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, 1, false);
    Broadcasts some = broadcasts();
    run(some);
    some.stop(begun.id());
    run(some);
    assertThat(of(begun).state()).isEqualTo("stopped");
    assertThat(asked).hasSize(1);
    assertThat(some.begin(FLOW, SEGMENT, 100_000_000, false).id()).isEqualTo(begun.id());
    run(some);
    assertThat(asked).as("goes on where it was").hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void nobody_is_noted_while_zeebe_is_away() {
    broadcasts().begin(FLOW, SEGMENT, null, false);
    doThrow(new IllegalStateException("no Zeebe")).when(startFlow).checkZeebe();
    assertThatThrownBy(() -> broadcasts().round()).hasMessage("no Zeebe");
    assertThat(asked).isEmpty();
  }

  @Test
  void who_had_their_turn_under_a_former_id_has_no_other() {
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, null, false);
    UUID last =
        jdbc.sql("select max(lead_id::text)::uuid from segment_member").query(UUID.class).single();
    UUID former = UUID.randomUUID();
    for (UUID lead : List.of(last, former)) {
      jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
          .param(lead)
          .update();
    }
    jdbc.sql("update lead set merged_into = ? where id = ?").params(last, former).update();
    jdbc.sql("insert into flow_start (cause, lead_id, flow, started_at) values (?, ?, ?, now())")
        .params("broadcast " + begun.id(), former, FLOW)
        .update();
    run(broadcasts());
    assertThat(asked).hasSize(MANY - 1).doesNotContain(last);
    assertThat(of(begun).state()).isEqualTo("done");
  }

  @Test
  void a_flow_that_cannot_be_started_ends_it_with_the_reason() throws Exception {
    FlowNotStarted problem = mock(FlowNotStarted.class);
    when(problem.getMessage()).thenReturn("there is no flow nurturing");
    when(startFlow.start(any(), any(), any())).thenThrow(problem);
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, null, false);
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("failed");
    assertThat(of(begun).problem()).isEqualTo("there is no flow nurturing");
  }

  @Test
  void who_was_reached_before_it_failed_is_not_reached_again() throws Exception {
    FlowNotStarted problem = mock(FlowNotStarted.class);
    when(problem.getMessage()).thenReturn("Zeebe has lost the flow");
    AtomicInteger calls = new AtomicInteger();
    doAnswer(
            call -> {
              if (calls.incrementAndGet() == 3) {
                throw problem;
              }
              asked.add(call.getArgument(1));
              return StartFlow.Outcome.STARTED;
            })
        .when(startFlow)
        .start(any(), any(), any());
    Broadcast begun = broadcasts().begin(FLOW, SEGMENT, null, false);
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("failed");

    assertThat(broadcasts().begin(FLOW, SEGMENT, null, false).id()).isEqualTo(begun.id());
    run(broadcasts());
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).problem()).isNull();
    assertThat(asked).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void it_is_asked_for_over_http() throws Exception {
    MockMvc http = MockMvcBuilders.standaloneSetup(new BroadcastsApi(broadcasts())).build();
    http.perform(get("/api/broadcasts/preview?flow=nurturing&segment=guests"))
        .andExpect(jsonPath("$.does").value("BEGINS"))
        .andExpect(jsonPath("$.leads").value(MANY));
    http.perform(get("/api/broadcasts/preview?flow=nurturing&segment=guests&perHour=25"))
        .andExpect(jsonPath("$.seconds").value(7_200));
    http.perform(get("/api/broadcasts/preview?flow=nurturing&segment=nobody"))
        .andExpect(status().isUnprocessableContent());
    http.perform(
            post("/api/broadcasts")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"flow\": \"nurturing\", \"segment\": \"guests\", \"perHour\": -1}"))
        .andExpect(status().isUnprocessableContent());
    http.perform(
            post("/api/broadcasts")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"flow\": \"nurturing\", \"segment\": \"guests\"}"))
        .andExpect(status().isAccepted())
        .andExpect(jsonPath("$.state").value("running"));
    http.perform(
            post("/api/broadcasts/1/stop").contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(jsonPath("$.state").value("stopped"));
    http.perform(get("/api/broadcasts")).andExpect(jsonPath("$[0].state").value("stopped"));
    http.perform(get("/api/broadcasts/77")).andExpect(status().isNotFound());
  }

  /** So many seconds after the first look. */
  private Broadcasts after(int seconds) {
    return broadcasts(Clock.fixed(NOON.plusSeconds(seconds), ZoneOffset.UTC));
  }

  private Broadcasts broadcasts() {
    return broadcasts(Clock.systemUTC());
  }

  private Broadcasts broadcasts(Clock clock) {
    return new Broadcasts(
        new BroadcastsJdbc(jdbc), new SegmentsJdbc(jdbc), this::conditions, startFlow, clock);
  }

  private Conditions conditions() {
    return Conditions.of(segments, "", new SegmentsJdbc(jdbc).recomputes());
  }

  private static void run(Broadcasts broadcasts) {
    boolean more = true;
    while (more) {
      more = broadcasts.round();
    }
  }

  private Broadcast of(Broadcast begun) {
    return broadcasts().find(begun.id()).orElseThrow();
  }
}
