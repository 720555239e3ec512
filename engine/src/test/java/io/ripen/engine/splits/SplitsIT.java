package io.ripen.engine.splits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.splits.AssignVariant.Place;
import io.ripen.engine.splits.SplitResult.Variant;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A split from its first lead to its winner, on real PostgreSQL. */
class SplitsIT {

  private static final Place PLACE = new Place("nurturing", 3, "serviceTask_split", 4500);
  private static final Duration DAY = Duration.ofDays(1);

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long keys = 1;

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

  private final ExperimentJdbc tests = new ExperimentJdbc(jdbc);
  private final AssignVariant assignVariant = new AssignVariant(tests, transaction, clock);
  private final SplitResults results = SplitsFixture.results(jdbc, clock);

  @Test
  void a_lead_keeps_its_variant_however_often_it_is_asked_for() throws Exception {
    UUID lead = lead();
    String first = assign(PLACE, lead, orders(null));
    now = now.plus(DAY);
    Place again = new Place("nurturing", 4, "serviceTask_split", 9000);
    assertThat(assign(PLACE, lead, orders(null))).isEqualTo(first);
    assertThat(assign(again, lead, orders(null))).isEqualTo(first);
    assertThat(rows()).isEqualTo(1);
    SplitResult result = only();
    assertThat(result.firstVersion()).isEqualTo(3);
    assertThat(result.lastVersion()).isEqualTo(4);
    assertThat(results.of("nurturing", 4)).hasSize(1);
    assertThat(results.of("nurturing", 5)).isEmpty();
  }

  @Test
  void two_jobs_of_one_lead_at_the_same_moment_agree() throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 10; round++) {
        UUID lead = lead();
        Experiment experiment = named("round " + round);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
          answers.add(
              workers.submit(
                  () -> {
                    go.await();
                    return assign(PLACE, lead, experiment);
                  }));
        }
        go.countDown();
        Set<String> variants = new HashSet<>();
        for (Future<String> answer : answers) {
          variants.add(answer.get());
        }
        assertThat(variants).hasSize(1);
      }
    }
    assertThat(rows()).isEqualTo(10);
    assertThat(results.of("nurturing")).hasSize(10);
  }

  @Test
  void another_name_divides_anew_and_counts_anew() throws Exception {
    int other = 0;
    for (int i = 0; i < 40; i++) {
      UUID lead = new UUID(0x0190_0000_0000_7000L, i);
      insert(lead);
      String first = assign(PLACE, lead, orders(null));
      other += assign(PLACE, lead, named("second")).equals(first) ? 0 : 1;
    }
    assertThat(other).isBetween(5, 35);
    assertThat(results.of("nurturing")).extracting(SplitResult::test).containsExactly("second", "");
  }

  @Test
  void a_lead_that_is_not_there_is_told() {
    UUID nobody = UUID.randomUUID();
    assertThat(assignVariant.assign(PLACE, nobody, orders(null))).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void who_turned_out_to_be_one_person_counts_once_and_keeps_what_they_got_first()
      throws Exception {
    UUID[] two = leadsOfDifferentVariants();
    String first = assign(PLACE, two[0], orders(null));
    now = now.plusSeconds(60);
    String second = assign(PLACE, two[1], orders(null));
    assertThat(second).isNotEqualTo(first);
    merge(two[0], two[1]);
    assertThat(assign(PLACE, two[0], orders(null))).isEqualTo(first);
    assertThat(assign(PLACE, two[1], orders(null))).isEqualTo(first);
    happens(Goal.Kind.ORDERED, two[1], now.plusSeconds(1));
    now = now.plus(DAY.multipliedBy(15));
    assertThat(variant(first)).extracting(Variant::leads, Variant::reached).containsExactly(1L, 1L);
    assertThat(variant(second)).extracting(Variant::leads).isEqualTo(0L);
  }

  @ParameterizedTest
  @EnumSource(Goal.Kind.class)
  void what_happens_in_time_counts_once_also_before_two_leads_became_one(Goal.Kind kind)
      throws Exception {
    Experiment experiment = experiment(kind, null);
    Instant begin = now;
    UUID often = lead();
    UUID early = lead();
    UUID late = lead();
    UUID merged = lead();
    UUID former = lead();
    for (UUID lead : List.of(often, early, late, merged)) {
      assign(PLACE, lead, experiment);
    }
    happens(kind, often, begin);
    happens(kind, often, begin.plus(DAY));
    happens(kind, early, begin.minusSeconds(1));
    happens(kind, late, begin.plus(DAY.multipliedBy(14)));
    happens(kind, former, begin.plus(DAY.multipliedBy(14)).minusSeconds(1));
    merge(former, merged);
    now = begin.plus(DAY.multipliedBy(14)).minusSeconds(1);
    assertThat(only().variants()).extracting(Variant::leads).containsOnly(0L);
    assertThat(only().variants().stream().mapToLong(Variant::underWay).sum()).isEqualTo(4);
    now = now.plusSeconds(1);
    assertThat(only().variants().stream().mapToLong(Variant::leads).sum()).isEqualTo(4);
    assertThat(only().variants().stream().mapToLong(Variant::reached).sum()).isEqualTo(2);
  }

  @Test
  void a_message_of_another_flow_an_older_one_and_a_cancelled_order_are_no_success()
      throws Exception {
    UUID lead = lead();
    assign(PLACE, lead, experiment(Goal.Kind.CLICKED, null));
    assign(PLACE, lead, experiment(Goal.Kind.ORDERED, null));
    touch(lead, "abandoned-cart", now, "clicked_at", now.plus(DAY));
    touch(lead, "nurturing", now.minus(DAY), "clicked_at", now.plus(DAY));
    order(lead, "cancelled", now.plus(DAY));
    now = now.plus(DAY.multipliedBy(15));
    assertThat(results.of("nurturing"))
        .hasSize(2)
        .allSatisfy(
            result -> assertThat(result.variants()).extracting(Variant::reached).containsOnly(0L));
  }

  @Test
  void the_better_one_is_picked_once_and_goes_to_new_leads_alone() throws Exception {
    Experiment experiment = orders(100);
    Instant begin = now;
    List<UUID> leads = fill(experiment, 110, 110);
    buy(leads, "A", 5);
    buy(leads, "B", 40);
    now = begin.plus(DAY.multipliedBy(14));
    look();
    assertThat(only().decision()).as("not all leads have had their time").isNull();
    now = now.plus(Duration.ofHours(1));
    look();

    SplitResult.Decision decision = only().decision();
    assertThat(decision.winner()).isEqualTo("B");
    assertThat(decision.at()).isEqualTo(now);
    UUID fresh = leadOf("A");
    assertThat(assign(PLACE, fresh, experiment)).isEqualTo("B");
    for (UUID lead : leads) {
      assertThat(assign(PLACE, lead, experiment)).isEqualTo(byChance(lead));
    }
    now = now.plus(DAY.multipliedBy(20));
    look();
    assertThat(only().decision()).isEqualTo(decision);
    assertThat(variant("B"))
        .extracting(Variant::leads, Variant::afterDecision)
        .containsExactly(110L, 1L);
    assertThat(only().finding()).startsWith("Decided on 15 March 2026: B does better than A");
  }

  @Test
  void it_decides_by_those_who_came_until_the_last_group_was_full_whenever_it_looks()
      throws Exception {
    Experiment experiment = orders(100);
    List<UUID> leads = fill(experiment, 100, 100);
    now = now.plus(DAY);
    List<UUID> later = fill(experiment, 60, 60);
    // Who looked now would find B better; at the one look both are alike.
    buy(leads, "A", 10);
    buy(leads, "B", 11);
    buy(later, "B", 60);
    now = now.plus(DAY.multipliedBy(60));
    look();
    assertThat(only().decision().winner()).isNull();
    assertThat(only().decision().numbers())
        .containsExactly(new SplitResult.Seen("A", 100, 10), new SplitResult.Seen("B", 100, 11));
    assertThat(assign(PLACE, leadOf("A"), experiment)).isEqualTo("A");
  }

  @Test
  void a_group_that_is_not_full_yet_keeps_the_rule_from_looking() throws Exception {
    List<UUID> leads = fill(orders(100), 300, 99);
    buy(leads, "A", 200);
    now = now.plus(DAY.multipliedBy(60));
    look();
    assertThat(only().decision()).isNull();
    assertThat(only().finding()).contains("the smallest has 99 now");
  }

  @Test
  void several_engines_decide_once() throws Exception {
    List<UUID> leads = fill(orders(100), 100, 100);
    buy(leads, "B", 30);
    now = now.plus(DAY.multipliedBy(15));
    jdbc.sql("create table decision_log (at timestamptz)").update();
    jdbc.sql(
            """
            create function log_decision() returns trigger language plpgsql as
              'begin insert into decision_log values (clock_timestamp()); return new; end'
            """)
        .update();
    jdbc.sql(
            """
            create trigger decided after update of looked_at on split_test
            for each row execute function log_decision()
            """)
        .update();
    try (ExecutorService engines = Executors.newFixedThreadPool(6)) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<?>> ends = new ArrayList<>();
      for (int engine = 0; engine < 6; engine++) {
        ends.add(
            engines.submit(
                () -> {
                  go.await();
                  look();
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> end : ends) {
        end.get();
      }
    }
    assertThat(jdbc.sql("select count(*) from decision_log").query(Long.class).single())
        .isEqualTo(1);
    assertThat(only().decision().winner()).isEqualTo("B");
  }

  private String assign(Place place, UUID lead, Experiment experiment) {
    return assignVariant.assign(place, lead, experiment).orElseThrow();
  }

  private void look() {
    new LookForWinners(tests, new CountJdbc(jdbc), transaction, clock).round();
  }

  /** So many new leads of each variant, a few seconds apart. */
  private List<UUID> fill(Experiment experiment, int ofA, int ofB) {
    List<UUID> leads = new ArrayList<>();
    for (int i = 0; i < Math.max(ofA, ofB); i++) {
      now = now.plusSeconds(5);
      for (String variant : List.of("A", "B")) {
        if (i < (variant.equals("A") ? ofA : ofB)) {
          UUID lead = leadOf(variant);
          assertThat(assign(PLACE, lead, experiment)).isEqualTo(variant);
          leads.add(lead);
        }
      }
    }
    return leads;
  }

  private void buy(List<UUID> leads, String variant, int many) {
    leads.stream()
        .filter(lead -> byChance(lead).equals(variant))
        .limit(many)
        .forEach(lead -> order(lead, "placed", now));
  }

  private static String byChance(UUID lead) {
    return orders(null).split().variant(lead, PLACE.flow(), PLACE.element());
  }

  private UUID leadOf(String variant) {
    UUID id = UUID.randomUUID();
    while (!byChance(id).equals(variant)) {
      id = UUID.randomUUID();
    }
    insert(id);
    return id;
  }

  private UUID[] leadsOfDifferentVariants() {
    return new UUID[] {leadOf("A"), leadOf("B")};
  }

  private UUID lead() {
    UUID id = UUID.randomUUID();
    insert(id);
    return id;
  }

  private void insert(UUID id) {
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(id)
        .update();
  }

  private void merge(UUID merged, UUID survivor) {
    jdbc.sql("update lead set merged_into = ? where id = ?").params(survivor, merged).update();
  }

  private void happens(Goal.Kind kind, UUID lead, Instant at) {
    switch (kind) {
      case ORDERED -> order(lead, "placed", at);
      case CLICKED -> touch(lead, "nurturing", now, "clicked_at", at);
      case REPLIED -> touch(lead, "nurturing", now, "replied_at", at);
      case EVENT ->
          jdbc.sql(
                  """
                  insert into event (message_id, lead_id, type, name, occurred_at, received_at,
                    site, properties, context)
                  values (?, ?, 'track', 'Trial Started', ?, ?, 'shop', '{}', '{}')
                  """)
              .params("m" + keys++, lead, at(at), at(at))
              .update();
    }
  }

  private void order(UUID lead, String state, Instant at) {
    jdbc.sql(
            """
            insert into customer_order (id, lead_id, site, shop_id, state, placed_at, updated_at)
            values (?, ?, 'shop', ?, ?, ?, ?)
            """)
        .params(UUID.randomUUID(), lead, "o" + keys++, state, at(at), at(at))
        .update();
  }

  private void touch(UUID lead, String flow, Instant planned, String what, Instant at) {
    jdbc.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, state, planned_at, %s)
            values (?, ?, 'email', 'marketing', ?, 3, 'send', 1, 'm', 'normal', 'accepted', ?, ?)
            """
                .formatted(what))
        .params(keys++, lead, flow, at(planned), at(at))
        .update();
  }

  private static Object at(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private SplitResult only() {
    List<SplitResult> found = results.of("nurturing");
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private Variant variant(String name) {
    return only().variants().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  private long rows() {
    return jdbc.sql("select count(*) from split_lead").query(Long.class).single();
  }

  private static Experiment orders(@Nullable Integer lookAt) {
    return experiment(Goal.Kind.ORDERED, lookAt);
  }

  private static Experiment named(String name) {
    Experiment orders = orders(null);
    return new Experiment(name, orders.split(), orders.goal(), null);
  }

  private static Experiment experiment(Goal.Kind kind, @Nullable Integer lookAt) {
    return new Experiment(
        "",
        Split.parse("A: 50, B: 50"),
        new Goal(kind, kind == Goal.Kind.EVENT ? "Trial Started" : null, DAY.multipliedBy(14)),
        lookAt);
  }
}
