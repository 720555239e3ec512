package io.ripen.engine.splits;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code split_test} and {@code split_lead}. */
final class ExperimentJdbc {

  private static final String TEST =
      """
      select id, flow, element_id, name, variants, goal, goal_event,
        extract(epoch from within)::bigint as within, look_at, began_at, first_version,
        last_version, looked_at, winner, look
      from split_test
      """;

  private static final String RUNNING =
      """
      select id, winner, first_version, last_version from split_test
      where flow = :flow and element_id = :element and definition = :definition
      """;

  private final JdbcClient jdbc;

  ExperimentJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a step needs to know of its test. */
  record Running(long id, @Nullable String winner, int firstVersion, int lastVersion) {}

  /**
   * What a lead is given.
   *
   * @param byChance false where it is the winner
   */
  record Given(String variant, boolean byChance, Instant at) {}

  /** The lead that this one turned out to be, itself in most cases; empty where there is none. */
  Optional<UUID> leadOfToday(UUID lead) {
    return jdbc.sql("select coalesce(merged_into, id) from lead where id = :lead")
        .param("lead", lead)
        .query(UUID.class)
        .optional();
  }

  /** The test at this place; begun now where there was none. */
  Running running(AssignVariant.Place place, Experiment experiment, Instant now) {
    Running running = find(place, experiment).orElseGet(() -> begin(place, experiment, now));
    if (place.version() < running.firstVersion() || place.version() > running.lastVersion()) {
      jdbc.sql(
              """
              update split_test set first_version = least(first_version, :version),
                last_version = greatest(last_version, :version)
              where id = :id
              """)
          .param("version", place.version())
          .param("id", running.id())
          .update();
    }
    return running;
  }

  private Optional<Running> find(AssignVariant.Place place, Experiment experiment) {
    return jdbc.sql(RUNNING)
        .param("flow", place.flow())
        .param("element", place.element())
        .param("definition", experiment.definition())
        .query(
            (row, n) ->
                new Running(
                    row.getLong("id"),
                    row.getString("winner"),
                    row.getInt("first_version"),
                    row.getInt("last_version")))
        .optional();
  }

  private Running begin(AssignVariant.Place place, Experiment experiment, Instant now) {
    jdbc.sql(
            """
            insert into split_test (flow, element_id, definition, name, variants, goal, goal_event,
              within, look_at, began_at, first_version, last_version)
            values (:flow, :element, :definition, :name, :variants, :goal, :event,
              make_interval(secs => :within), :lookAt, :now, :version, :version)
            on conflict do nothing
            """)
        .param("flow", place.flow())
        .param("element", place.element())
        .param("definition", experiment.definition())
        .param("name", experiment.name())
        .param("variants", experiment.split().text())
        .param("goal", experiment.goal().kind().lower())
        .param("event", experiment.goal().event())
        .param("within", experiment.goal().within().toSeconds())
        .param("lookAt", experiment.lookAt())
        .param("now", at(now))
        .param("version", place.version())
        .update();
    return find(place, experiment).orElseThrow();
  }

  /** What the lead, or one that it was, got first. */
  Optional<String> variant(long test, UUID lead) {
    return jdbc.sql(
            """
            select variant from split_lead
            where test_id = :test and lead_id in
              (select :lead::uuid union all select id from lead where merged_into = :lead)
            order by given_at, lead_id limit 1
            """)
        .param("test", test)
        .param("lead", lead)
        .query(String.class)
        .optional();
  }

  void add(long test, UUID lead, Given given, AssignVariant.Place place) {
    jdbc.sql(
            """
            insert into split_lead
              (test_id, lead_id, variant, by_chance, given_at, flow_version, instance_key)
            values (:test, :lead, :variant, :byChance, :at, :version, :instance)
            on conflict do nothing
            """)
        .param("test", test)
        .param("lead", lead)
        .param("variant", given.variant())
        .param("byChance", given.byChance())
        .param("at", at(given.at()))
        .param("version", place.version())
        .param("instance", place.instance())
        .update();
  }

  /** The tests of a flow, the newest first. */
  List<KeptExperiment> of(String flow) {
    return jdbc.sql(TEST + "where flow = :flow order by began_at desc, id desc")
        .param("flow", flow)
        .query(ExperimentJdbc::kept)
        .list();
  }

  /** The ids of the tests that wait for their look. */
  List<Long> waiting() {
    return jdbc.sql(
            "select id from split_test where look_at is not null and looked_at is null order by id")
        .query(Long.class)
        .list();
  }

  /** A test that waits for its look, until the transaction ends for nobody else. */
  Optional<KeptExperiment> lock(long id) {
    return jdbc.sql(TEST + "where id = :id and looked_at is null for no key update skip locked")
        .param("id", id)
        .query(ExperimentJdbc::kept)
        .optional();
  }

  void decide(long id, Look look) {
    jdbc.sql(
            """
            update split_test set looked_at = :at, winner = :winner, look = :numbers::jsonb
            where id = :id
            """)
        .param("at", at(look.at()))
        .param("winner", look.winner())
        .param("numbers", look.json())
        .param("id", id)
        .update();
  }

  private static KeptExperiment kept(ResultSet row, int n) throws SQLException {
    int lookAt = row.getInt("look_at");
    Experiment experiment =
        new Experiment(
            row.getString("name"),
            Split.parse(row.getString("variants")),
            new Goal(
                Goal.Kind.valueOf(row.getString("goal").toUpperCase(Locale.ROOT)),
                row.getString("goal_event"),
                Duration.ofSeconds(row.getLong("within"))),
            lookAt == 0 ? null : lookAt);
    OffsetDateTime lookedAt = row.getObject("looked_at", OffsetDateTime.class);
    return new KeptExperiment(
        row.getLong("id"),
        row.getString("flow"),
        row.getString("element_id"),
        experiment,
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getInt("first_version"),
        row.getInt("last_version"),
        lookedAt == null
            ? null
            : Look.read(lookedAt.toInstant(), row.getString("winner"), row.getString("look")));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
