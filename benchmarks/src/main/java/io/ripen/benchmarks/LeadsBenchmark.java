package io.ripen.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.app.Failure;
import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.scoring.ScoreTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * What an event costs with few and with many leads stored; how long a look at all of them takes for
 * the segments; and what conditions and tables cost by themselves.
 */
final class LeadsBenchmark {

  /** Each with a browser, a page that it looked at, an event and points. */
  private static final List<String> FILL =
      List.of(
          """
          insert into lead (id, email, stage, visits, page_views, first_seen_at, last_seen_at)
          select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'stored-' || n || '@example.com', 'LEAD', 3, 9, now() - interval '90 days',
            now() - interval '2 days'
          from generate_series(?, ?) n
          """,
          """
          insert into lead_identity (kind, value, lead_id, since)
          select 'anonymous', 'stored-' || n,
            ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now()
          from generate_series(?, ?) n
          """,
          """
          insert into page_visit (lead_id, path, visits, first_at, last_at)
          select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '/p/1', 3, now(),
            now()
          from generate_series(?, ?) n
          """,
          """
          insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,
            properties, context)
          select 'stored-' || n, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'page', '', now() - interval '2 days', now() - interval '2 days', 'shop', '{}', '{}'
          from generate_series(?, ?) n
          """,
          """
          insert into score_entry (lead_id, rule, slot, points, reason, cause, given_at)
          select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'stored', '', 10,
            'stored', 'stored-' || n, now() - interval '2 days'
          from generate_series(?, ?) n
          """);

  private static final int ROWS_AT_ONCE = 50_000;
  private static final int PATHS = 200;

  /** Of all leads, so many come. */
  private static final int ACTIVE = 1000;

  /** Until then the engine's code is compiled, and an event costs less in each round. */
  private static final int WARM_UP_ROUNDS = 12;

  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Deployment ripen;
  private final Sizes sizes;
  private final Database database;
  private final Random random = new Random(42);

  LeadsBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.database = ripen.database();
  }

  void run(Report report) throws Exception {
    Table table = new Table("leads stored", "events/s", "CPU s per 1,000", "of the first's, CPU");
    double first = Double.NaN;
    int stored = 0;
    try (Admin kafka =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ripen.kafka()))) {
      var door = new DoorToPostgres(ripen, kafka);
      warmUp(door);
      for (int leads : List.of(Math.max(1, sizes.rows() / 1000), sizes.rows() / 10, sizes.rows())) {
        Report.progress("storing %,d leads", leads);
        fill(stored + 1, leads);
        stored = leads;
        awaitSegments();
        List<Measured> rounds = rounds(door, stored);
        double cost = median(rounds.stream().mapToDouble(LeadsBenchmark::cpuPerThousand));
        first = Double.isNaN(first) ? cost : first;
        table.row(
            Table.number((double) stored),
            Table.number(median(rounds.stream().mapToDouble(Measured::perSecond))),
            Table.number(cost),
            Table.percent(cost / first));
      }
    }
    report.heading("Events with more and more leads");
    report.table(table);
    report.paragraph(
        "%,d page views a round, by the same %,d of the leads in all rounds of a line; CPU of PostgreSQL, Kafka and the engine, segments kept up to date included. %d such rounds of %,d other visitors, stored besides, came before."
            .formatted(sizes.events(), ACTIVE, WARM_UP_ROUNDS, ACTIVE));
    sweep(report);
    conditions(report);
  }

  private void fill(int from, int to) throws SQLException {
    for (int begin = from; begin <= to; begin += ROWS_AT_ONCE) {
      for (String sql : FILL) {
        database.update(sql, begin, Math.min(to, begin + ROWS_AT_ONCE - 1));
      }
    }
    for (String table : List.of("lead", "lead_identity", "page_visit", "event", "score_entry")) {
      database.update("vacuum analyze " + table);
    }
  }

  /** By visitors of its own: those who are measured have the same past with few and many stored. */
  private void warmUp(DoorToPostgres door) throws Exception {
    List<String> visitors =
        IntStream.range(0, ACTIVE).mapToObj(number -> "warm-up-" + number).toList();
    for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
      Report.progress("warm-up: round %d of %d", round, WARM_UP_ROUNDS);
      door.run(batches(visitors));
      awaitSegments();
    }
  }

  private List<Measured> rounds(DoorToPostgres door, int stored) throws Exception {
    List<String> people =
        random
            .ints(1, stored + 1)
            .distinct()
            .limit(Math.min(ACTIVE, stored))
            .mapToObj(number -> "stored-" + number)
            .toList();
    List<Measured> rounds = new ArrayList<>();
    for (int round = 0; round <= sizes.rounds(); round++) {
      Report.round("events with %,d leads".formatted(stored), round, sizes.rounds());
      List<byte[]> batches = batches(people);
      Measured measured =
          Measured.of(
              ripen.programs(),
              sizes.events(),
              () -> {
                long end = door.run(batches);
                awaitSegments();
                return end;
              });
      if (round > 0) {
        rounds.add(measured);
      }
    }
    return rounds;
  }

  private List<byte[]> batches(List<String> people) {
    List<byte[]> batches = new ArrayList<>();
    for (int from = 0; from < sizes.events(); from += Traffic.EVENTS_PER_BATCH) {
      batches.add(
          Traffic.batch(
              IntStream.range(0, Math.min(Traffic.EVENTS_PER_BATCH, sizes.events() - from))
                  .mapToObj(
                      i ->
                          Traffic.page(
                              people.get(random.nextInt(people.size())),
                              "/p/" + random.nextInt(PATHS)))
                  .toList()));
    }
    return batches;
  }

  /** Nobody is left to look at, neither for changed facts nor for the time. */
  private long awaitSegments() throws SQLException, InterruptedException {
    return database.await(
        "segments that are up to date",
        """
        select case when exists (select 1 from segment_due) then 0
          else (select count(*) from segment_sweep where ended_at is not null) end
        """,
        1);
  }

  private void sweep(Report report) throws SQLException, InterruptedException {
    long leads = database.number("select count(*) from lead");
    Report.progress("looking at %,d leads for the segments", leads);
    database.update(
        "update segment_sweep set conditions = 'others', settled = '', ended_at = null");
    long began = System.nanoTime();
    database.await(
        "leads that were looked at",
        "select case when conditions = 'others' then 0 else leads end from segment_sweep",
        leads);
    long ended = System.nanoTime();
    report.heading("Segments");
    report.table(
        new Table("leads looked at", "leads/s", "changes")
            .row(
                Table.number((double) leads),
                Table.number(leads / ((ended - began) / 1e9)),
                Table.number((double) database.number("select changes from segment_sweep"))));
    report.paragraph("All segments of `bpmn/segments.dmn`, as after a change of it.");
  }

  private static void conditions(Report report) throws InvalidEvent {
    Report.progress("evaluating conditions and tables");
    var feel = new Feel(Clock.systemUTC());
    Map<String, @Nullable Object> facts =
        Map.of(
            "lead",
            Map.of(
                "stage",
                "LEAD",
                "temperature",
                "warm",
                "openCarts",
                BigDecimal.ONE,
                "daysAway",
                BigDecimal.TEN));
    var scores =
        ScoreTable.read(
            Build.root().resolve("bpmn").resolve(ScoreTable.FILE), new SimpleMeterRegistry());
    Event page = event(Traffic.page("visitor", "/pricing"));
    Event read = event(Traffic.track("visitor", "/pricing", "Page Read", "\"seconds\":40"));
    report.heading("Conditions and tables");
    report.table(
        new Table("on one thread", "a second")
            .row(
                "FEEL: lead.stage = … and lead.temperature != …",
                perSecond(
                    () ->
                        holds(
                            feel, "lead.stage = \"LEAD\" and lead.temperature != \"cold\"", facts)))
            .row(
                "FEEL: lead.openCarts > 0",
                perSecond(() -> holds(feel, "lead.openCarts > 0", facts)))
            .row(
                "`score.dmn`, a page that gives points",
                perSecond(() -> !scores.rules(page).isEmpty()))
            .row("`score.dmn`, an article read", perSecond(() -> !scores.rules(read).isEmpty())));
    report.paragraph("Each is compiled once, before the first evaluation.");
  }

  private static boolean holds(Feel feel, String condition, Map<String, @Nullable Object> facts) {
    try {
      return feel.holds(condition, facts);
    } catch (InvalidFeel e) {
      throw new IllegalStateException(e);
    }
  }

  private static Event event(String json) throws InvalidEvent {
    return new EventJson()
        .read(
            json.getBytes(StandardCharsets.UTF_8),
            new Arrival.OnTopic("benchmark", 0, 0, 0, Instant.now()));
  }

  /** Warms up for as long as it measures. */
  private static String perSecond(java.util.function.BooleanSupplier evaluation) {
    double perSecond = 0;
    for (int round = 0; round < 2; round++) {
      long began = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - began < A_WHILE.toNanos()) {
        for (int i = 0; i < 100; i++) {
          if (!evaluation.getAsBoolean()) {
            throw new Failure("a condition that holds was found not to hold");
          }
        }
        count += 100;
      }
      perSecond = count / ((System.nanoTime() - began) / 1e9);
    }
    return Table.number(perSecond);
  }

  private static double cpuPerThousand(Measured measured) {
    return List.of("PostgreSQL", "Kafka", "engine").stream()
        .mapToDouble(measured::cpuPerThousand)
        .sum();
  }

  private static double median(DoubleStream values) {
    return Comparison.median(values);
  }
}
